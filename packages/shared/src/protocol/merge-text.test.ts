import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeText } from "./merge-text.ts";

describe("mergeText", () => {
  it("keeps both changes when they touch different places", () => {
    expect(mergeText("a quiet sea at dusk", "a wild sea at dusk", "a quiet sea at dawn")).toBe(
      "a wild sea at dawn",
    );
  });

  it("does not choose between two changes of one place", () => {
    expect(mergeText("a quiet sea", "a wild sea", "a calm sea")).toBeUndefined();
    expect(mergeText("sea", "sea A", "sea B")).toBeUndefined();
  });

  it("takes the only change, whoever made it, and agrees with equal changes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (base, changed) => {
        expect(mergeText(base, changed, base)).toBe(changed);
        expect(mergeText(base, base, changed)).toBe(changed);
        expect(mergeText(base, changed, changed)).toBe(changed);
      }),
    );
  });

  it("gives the same text in either order", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (base, ours, theirs) => {
        expect(mergeText(base, ours, theirs)).toBe(mergeText(base, theirs, ours));
      }),
    );
  });

  it("keeps two edits apart by a word whole, in text of any script", () => {
    const word = fc.stringMatching(/^[a-zé日本🦊]{1,8}$/u);
    fc.assert(
      fc.property(word, word, word, word, (first, last, before, after) => {
        const base = `${first} | middle | ${last}`;
        const merged = mergeText(base, `<${before}>${base}`, `${base}<${after}>`);
        expect(merged).toBe(`<${before}>${base}<${after}>`);
        expect(merged?.isWellFormed()).toBe(true);
      }),
    );
  });
});
