import { hashPoint } from "../core/random.ts";
import { writeSrgb } from "../core/oklab.ts";
import type { Canvas } from "./canvas.ts";

/** Lights the paint from the upper left, adds the weave of the canvas, and gives RGB bytes. */
export function varnish(
  canvas: Canvas,
  options: { readonly contrast: number; readonly seed: number },
): Uint8Array {
  const { width, height, l, a, b, relief } = canvas;
  const bytes = new Uint8Array(width * height * 3);
  const { contrast } = options;
  const middle = 0.52;
  for (let row = 0; row < height; row += 1) {
    const y = row / height - 0.5;
    const above = Math.max(0, row - 1) * width;
    const below = Math.min(height - 1, row + 1) * width;
    for (let column = 0; column < width; column += 1) {
      const x = column / width - 0.5;
      const index = row * width + column;
      const before = relief[row * width + Math.max(0, column - 1)]!;
      const after = relief[row * width + Math.min(width - 1, column + 1)]!;
      const slope = after - before + (relief[below + column]! - relief[above + column]!);
      const shine = slope < 0 ? slope * -0.05 : slope * -0.038;
      const weave =
        (hashPoint(column >> 1, row, options.seed) + hashPoint(column, row >> 1, options.seed) - 1) * 0.007;
      const vignette = 1 - (x * x + y * y) * 0.16;
      const light = (middle + (l[index]! - middle) * contrast) * vignette + shine + weave;
      const bounded = light < 0 ? 0 : light;
      writeSrgb(bounded, a[index]! * contrast, b[index]! * contrast, bytes, index * 3);
    }
  }
  return bytes;
}
