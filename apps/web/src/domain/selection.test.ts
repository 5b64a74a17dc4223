import { describe, expect, it } from "vitest";
import {
  allOf,
  bandBegun,
  bandEnded,
  bandLeft,
  extendedTo,
  NOTHING_SELECTED,
  onlyThese,
  toggled,
  withBand,
} from "./selection.ts";

const shown = ["a", "b", "c", "d", "e"];

describe("a selection", () => {
  it("toggles one, and extends from it in either direction", () => {
    const one = toggled(NOTHING_SELECTED, "c");
    expect([...extendedTo(one, "e", shown).ids].sort()).toEqual(["c", "d", "e"]);
    expect([...extendedTo(one, "a", shown).ids].sort()).toEqual(["a", "b", "c"]);
    expect([...toggled(one, "c").ids]).toEqual([]);
  });

  it("lets a range shrink again, and keeps what was selected before it", () => {
    const before = toggled(toggled(NOTHING_SELECTED, "a"), "c");
    const far = extendedTo(before, "e", shown);
    expect([...extendedTo(far, "d", shown).ids].sort()).toEqual(["a", "c", "d"]);
  });

  it("begins a range where it ends when nothing was selected before", () => {
    expect([...extendedTo(NOTHING_SELECTED, "b", shown).ids]).toEqual(["b"]);
    expect(extendedTo(NOTHING_SELECTED, "gone", shown)).toBe(NOTHING_SELECTED);
  });

  it("takes everything, or some and no others", () => {
    const all = allOf(shown, NOTHING_SELECTED);
    expect(all.ids.size).toBe(5);
    const some = onlyThese(["b", "c"]);
    expect([...some.ids]).toEqual(["b", "c"]);
    expect([...extendedTo(some, "d", shown).ids]).toEqual(["b", "c", "d"]);
  });

  it("holds what a band holds only while it holds it, beside or instead of what was selected", () => {
    const one = toggled(NOTHING_SELECTED, "a");
    const beside = withBand(bandBegun(one, true), ["b", "c"]);
    expect([...withBand(beside, ["c"]).ids].sort()).toEqual(["a", "c"]);
    expect([...withBand(bandBegun(one, false), ["c"]).ids]).toEqual(["c"]);
  });

  it("keeps what a band held at its end and goes on from there, or forgets it when it was given up", () => {
    const one = toggled(NOTHING_SELECTED, "a");
    const band = withBand(bandBegun(one, false), ["b", "c"]);
    const ended = bandEnded(band, "c");
    expect([...extendedTo(ended, "d", shown).ids].sort()).toEqual(["b", "c", "d"]);
    expect(bandLeft(band)).toBe(one);
    expect(bandLeft(withBand(bandBegun(ended, true), ["e"]))).toBe(ended);
  });
});
