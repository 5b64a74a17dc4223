import { describe, expect, it } from "vitest";
import { drawSprite, type SpriteOptions } from "./draw-sprite.ts";

const base: SpriteOptions = {
  prompt: "knight",
  negativePrompt: "",
  seed: 1,
  width: 48,
  height: 48,
  colours: 16,
  outline: true,
};

function draw(over: Partial<SpriteOptions> = {}): Uint8Array {
  const drawing = drawSprite({ ...base, ...over });
  let step = drawing.next();
  while (step.done !== true) step = drawing.next();
  return step.value;
}

function opaqueColours(pixels: Uint8Array): Set<number> {
  const colours = new Set<number>();
  for (let index = 0; index < pixels.length; index += 4) {
    if (pixels[index + 3] === 0) continue;
    colours.add(((pixels[index] ?? 0) << 16) | ((pixels[index + 1] ?? 0) << 8) | (pixels[index + 2] ?? 0));
  }
  return colours;
}

function coverage(pixels: Uint8Array): number {
  let count = 0;
  for (let index = 3; index < pixels.length; index += 4) if (pixels[index] === 255) count += 1;
  return count / (pixels.length / 4);
}

const PROMPTS = [
  "knight",
  "wizard",
  "queen",
  "ninja",
  "dragon",
  "owl",
  "slime",
  "ghost",
  "robot",
  "fish",
  "potion",
  "sword",
  "shield",
  "tree",
  "mushroom",
  "gem",
  "chest",
  "castle",
  "rocket",
  "skull",
  "heart",
  "flower",
  "something else",
];

describe("a sprite", () => {
  it.each(PROMPTS)("of %s stands on a transparent ground, in no more colours than were allowed", (prompt) => {
    for (const colours of [12, 20, 48]) {
      const pixels = draw({ prompt, colours });
      expect(opaqueColours(pixels).size).toBeLessThanOrEqual(colours);
      expect(opaqueColours(pixels).size).toBeGreaterThan(2);
      expect(coverage(pixels)).toBeGreaterThan(0.06);
      expect(coverage(pixels)).toBeLessThan(0.85);
      for (const corner of [0, 47, 48 * 47, 48 * 48 - 1]) expect(pixels[corner * 4 + 3]).toBe(0);
    }
  });

  it("is the same for the same words and seed, and another for others", () => {
    expect(draw()).toEqual(draw());
    expect(draw({ seed: 2 })).not.toEqual(draw());
    expect(draw({ prompt: "wizard" })).not.toEqual(draw());
    expect(draw({ prompt: "knight with a shield", negativePrompt: "shield" })).not.toEqual(
      draw({ prompt: "knight with a shield" }),
    );
  });

  it("keeps to a colour that is named", () => {
    const pixels = draw({ prompt: "green potion", colours: 24 });
    const isGreen = (colour: number): boolean => {
      const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
      return green > red + 25 && green > blue + 25;
    };
    expect([...opaqueColours(pixels)].filter((colour) => isGreen(colour)).length).toBeGreaterThanOrEqual(2);
  });

  it("has a dark line around it, or none", () => {
    const outline = (26 << 16) | (20 << 8) | 34;
    expect(opaqueColours(draw()).has(outline)).toBe(true);
    expect(opaqueColours(draw({ outline: false })).has(outline)).toBe(false);
    expect(coverage(draw({ outline: false }))).toBeLessThan(coverage(draw()));
  });

  it("is drawn in whole cells when it is large, and fits any size", () => {
    const pixels = draw({ width: 256, height: 256 });
    for (let row = 0; row < 256; row += 2) {
      for (let column = 0; column < 256; column += 2) {
        const at = (row * 256 + column) * 4;
        expect(pixels[at + 3]).toBe(pixels[at + 7]);
        expect(pixels[at]).toBe(pixels[at + 1024]);
      }
    }
    for (const [width, height] of [
      [16, 16],
      [16, 200],
      [255, 33],
    ] as const) {
      expect(draw({ width, height })).toHaveLength(width * height * 4);
    }
  });
});
