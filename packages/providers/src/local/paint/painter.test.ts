import { describe, expect, it } from "vitest";
import { type PaintOptions, paintPicture, type PaintProgress } from "./painter.ts";

const base: PaintOptions = {
  prompt: "a quiet sea",
  negativePrompt: "",
  seed: 1,
  steps: 8,
  guidance: 3.5,
  width: 96,
  height: 64,
};

function paint(over: Partial<PaintOptions> = {}): { pixels: Uint8Array; progress: PaintProgress[] } {
  const painting = paintPicture({ ...base, ...over });
  const progress: PaintProgress[] = [];
  let step = painting.next();
  while (step.done !== true) {
    progress.push(step.value);
    step = painting.next();
  }
  return { pixels: step.value, progress };
}

/** Mean of red, green and blue, 0 to 255. */
function meanOf(pixels: Uint8Array): readonly [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let index = 0; index < pixels.length; index += 3) {
    for (const channel of [0, 1, 2] as const) sums[channel] += pixels[index + channel] ?? 0;
  }
  const count = pixels.length / 3;
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

function deviation(pixels: Uint8Array): number {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  return Math.sqrt(pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length);
}

/** Mean difference of two pictures, a channel. */
function distance(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

describe("a painting", () => {
  it.each([
    ["abstract silk"],
    ["sea"],
    ["mountains"],
    ["forest"],
    ["meadow"],
    ["desert"],
    ["city at night"],
    ["portrait"],
    ["flowers"],
    ["galaxy"],
  ])("of %s is the same each time, and neither flat nor black nor white", (prompt) => {
    const { pixels } = paint({ prompt });
    expect(pixels).toHaveLength(96 * 64 * 3);
    expect(paint({ prompt }).pixels).toEqual(pixels);
    expect(deviation(pixels)).toBeGreaterThan(15);
    const lightness = meanOf(pixels).reduce((sum, value) => sum + value, 0) / 3;
    expect(lightness).toBeGreaterThan(12);
    expect(lightness).toBeLessThan(235);
  });

  it("keeps to the colour that is named", () => {
    for (const seed of [1, 2, 3]) {
      const [red, green, blue] = meanOf(paint({ prompt: "abstract, amber", seed }).pixels);
      expect(red).toBeGreaterThan(blue + 15);
      expect(red).toBeGreaterThan(green);
      const [tealRed, tealGreen, tealBlue] = meanOf(paint({ prompt: "abstract, teal", seed }).pixels);
      expect(Math.min(tealGreen, tealBlue)).toBeGreaterThan(tealRed + 5);
    }
  });

  it("turns away from a colour that is not wanted", () => {
    const named = meanOf(paint({ prompt: "sunset over the sea" }).pixels);
    const avoided = meanOf(paint({ prompt: "sunset over the sea", negativePrompt: "orange, red" }).pixels);
    expect(avoided[0] - avoided[2]).toBeLessThan(named[0] - named[2]);
  });

  it("has more contrast with more guidance", () => {
    const loose = deviation(paint({ guidance: 0 }).pixels);
    expect(deviation(paint({ guidance: 20 }).pixels)).toBeGreaterThan(loose);
  });

  it("is a rough sketch with few steps", () => {
    const size = { width: 192, height: 128, prompt: "a lighthouse by the sea" };
    const finished = paint({ ...size, steps: 48 }).pixels;
    const [one, six, many] = [1, 6, 24].map((steps) => distance(paint({ ...size, steps }).pixels, finished));
    expect(one).toBeGreaterThan((six ?? 0) * 1.2);
    expect(one).toBeGreaterThan((many ?? 0) * 1.2);
  });

  it("reports every step, in order, and progress that only grows", () => {
    const { progress } = paint({ steps: 5 });
    expect([...new Set(progress.map(({ step }) => step))].filter((step) => step > 0)).toEqual([
      1, 2, 3, 4, 5,
    ]);
    for (const [index, { progress: share }] of progress.entries()) {
      expect(share).toBeGreaterThanOrEqual(progress[index - 1]?.progress ?? 0);
      expect(share).toBeLessThan(1);
    }
  });

  it("yields often enough to be stopped while a large picture is worked on", () => {
    const painting = paintPicture({ ...base, width: 512, height: 512, steps: 2 });
    let yields = 0;
    while (painting.next().done !== true) yields += 1;
    expect(yields).toBeGreaterThan(12);
  });

  it.each([
    [64, 64],
    [64, 700],
    [700, 64],
    [333, 65],
  ])("fits %i by %i pixels", (width, height) => {
    const { pixels } = paint({ width, height, steps: 3 });
    expect(pixels).toHaveLength(width * height * 3);
    expect(deviation(pixels)).toBeGreaterThan(8);
  });

  it("takes prompts of any script and length", () => {
    const words = "светлая ночь 夜の海 🌊 ".repeat(300);
    expect(paint({ prompt: words }).pixels).not.toEqual(paint({ prompt: "夜の海" }).pixels);
  });
});
