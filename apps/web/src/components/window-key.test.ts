import { describe, expect, it } from "vitest";
import { isWindowKey, type KeyPlace, type PressedKey } from "./window-key.ts";

const key = (facts: Partial<PressedKey> & { readonly altGraph?: boolean } = {}): PressedKey => ({
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  isComposing: false,
  keyCode: 71,
  getModifierState: () => facts.altGraph === true,
  ...facts,
});
const PAGE: KeyPlace = { isTyped: false, isCovered: false };

describe("a key of the window", () => {
  it("is a single key by default, with Shift or without, however the layout writes it", () => {
    expect(isWindowKey(key(), PAGE, {})).toBe(true);
    expect(isWindowKey(key({ altGraph: true }), PAGE, {})).toBe(true);
    // What Windows tells of AltGr.
    expect(isWindowKey(key({ ctrlKey: true, altKey: true, altGraph: true }), PAGE, {})).toBe(true);
    for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
      expect(isWindowKey(key({ [modifier]: true }), PAGE, {}), modifier).toBe(false);
    }
  });

  it("is one with Ctrl or ⌘ where commands are asked for, and none that writes", () => {
    const command = { command: true };
    expect(isWindowKey(key({ ctrlKey: true }), PAGE, command)).toBe(true);
    expect(isWindowKey(key({ metaKey: true }), PAGE, command)).toBe(true);
    expect(isWindowKey(key(), PAGE, command)).toBe(false);
    expect(isWindowKey(key({ ctrlKey: true, altKey: true }), PAGE, command)).toBe(false);
    expect(isWindowKey(key({ ctrlKey: true, altGraph: true }), PAGE, command)).toBe(false);
  });

  it("is none that is typed in a field, and none under a dialog, unless those are asked for", () => {
    const typed = { isTyped: true, isCovered: false };
    const covered = { isTyped: false, isCovered: true };
    expect(isWindowKey(key(), typed, {})).toBe(false);
    expect(isWindowKey(key(), typed, { overDialogs: true })).toBe(false);
    expect(isWindowKey(key(), typed, { inFields: true })).toBe(true);
    expect(isWindowKey(key(), covered, {})).toBe(false);
    expect(isWindowKey(key(), covered, { inFields: true })).toBe(false);
    expect(isWindowKey(key(), covered, { overDialogs: true })).toBe(true);
  });

  it("is never one that an input method or something nearer has taken", () => {
    const anywhere = { inFields: true, overDialogs: true };
    expect(isWindowKey(key({ isComposing: true }), PAGE, anywhere)).toBe(false);
    expect(isWindowKey(key({ keyCode: 229 }), PAGE, anywhere)).toBe(false);
    expect(isWindowKey(key({ defaultPrevented: true }), PAGE, anywhere)).toBe(false);
  });
});
