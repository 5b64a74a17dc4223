import { describe, expect, it } from "vitest";
import { allOf, extendedTo, NOTHING_SELECTED, settled, toggled, withBand } from "./selection.ts";

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

  it("takes everything, and what a band holds only while it holds it", () => {
    expect(allOf(shown, NOTHING_SELECTED).ids.size).toBe(5);
    const one = toggled(NOTHING_SELECTED, "a");
    const band = withBand(one, ["b", "c"]);
    expect([...withBand(band, ["c"]).ids].sort()).toEqual(["a", "c"]);
    expect([...withBand(settled(band), []).ids].sort()).toEqual(["a", "b", "c"]);
  });
});
