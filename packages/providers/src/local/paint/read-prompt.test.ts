import { describe, expect, it } from "vitest";
import { COLOUR_WORDS } from "../core/colour-words.ts";
import { readPrompt } from "./read-prompt.ts";

describe("reading a prompt", () => {
  it("finds scene, mood, things and colours, plurals included", () => {
    const traits = readPrompt("Lighthouses over a quiet sea at dusk, amber light & teal shadows", "");
    expect(traits.layout).toBe("sea");
    expect(traits.moods).toContain("dusk");
    expect([...traits.subjects]).toContain("lighthouse");
    expect(traits.colours).toEqual([COLOUR_WORDS["amber"], COLOUR_WORDS["teal"]]);
  });

  it("lets a thing bring its scene along, and a named scene win over it", () => {
    expect(readPrompt("a lighthouse", "").layout).toBe("sea");
    expect(readPrompt("a lighthouse in the mountains", "").layout).toBe("mountains");
    expect(readPrompt("quarterly figures", "").layout).toBeUndefined();
  });

  it("takes away what the negative prompt names", () => {
    const traits = readPrompt("a red lighthouse by the sea at night", "lighthouse, seas, red, dark");
    expect(traits.subjects.has("lighthouse")).toBe(false);
    expect(traits.layout).not.toBe("sea");
    expect(traits.moods).not.toContain("night");
    expect(traits.colours).toEqual([]);
    expect(traits.unwantedColours).toEqual([COLOUR_WORDS["red"]]);
  });

  it("is not misled by words of other objects", () => {
    expect(readPrompt("constructor toString __proto__ hasOwnProperty", "").colours).toEqual([]);
  });
});
