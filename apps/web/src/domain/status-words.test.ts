import { describe, expect, it } from "vitest";
import { statusWords } from "./status-words.ts";

const clock = () => "14:02";

describe("statusWords", () => {
  it("says each of the five states in its own words", () => {
    expect(statusWords({ state: "saved", at: "2026-03-10T14:02:00Z" }, clock).words).toBe("Saved 14:02");
    expect(statusWords({ state: "saved", at: undefined }, clock).words).toBe("Saved");
    expect(statusWords({ state: "saving", waiting: 1 }, clock).words).toBe("Saving…");
    expect(statusWords({ state: "on-device", waiting: 3, reason: "server" }, clock).words).toBe(
      "Saved on this device · 3 waiting",
    );
    expect(statusWords({ state: "not-saved", reason: "The disk is full." }, clock)).toMatchObject({
      words: "Not saved",
      detail: "The disk is full.",
    });
    expect(statusWords({ state: "needs-attention", count: 2, waiting: 0 }, clock).words).toBe(
      "Needs attention",
    );
  });

  it("says when nothing arrives, although all is saved", () => {
    const saved = { state: "saved", at: "2026-03-10T14:02:00Z" } as const;
    expect(statusWords(saved, clock, "online")).toMatchObject({ words: "Saved 14:02", tone: "ok" });
    expect(statusWords(saved, clock, "signed-out")).toMatchObject({
      words: "Saved 14:02 · signed out",
      short: "Signed out",
      tone: "info",
    });
    expect(statusWords(saved, clock, "offline").words).toBe("Saved 14:02 · offline");
  });

  it("counts nothing when nothing waits", () => {
    expect(statusWords({ state: "on-device", waiting: 0, reason: "offline" }, clock).words).toBe(
      "Saved on this device",
    );
  });
});
