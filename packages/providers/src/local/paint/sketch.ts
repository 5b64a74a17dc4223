import { clamp } from "../core/curves.ts";
import { createCanvas, type Canvas } from "./canvas.ts";
import type { Scene } from "./scene.ts";

/** What the brush follows: the scene at full size, and blurred versions for broad brushes. */
export interface Sketch {
  readonly levels: readonly Canvas[];
  /** Direction of the brush at a pixel, in radians. */
  angleAt(x: number, y: number): number;
}

/** Rows between two yields: keeps the worker answering while a large picture is sketched. */
const ROWS_PER_YIELD = 48;

/** Draws the scene once. Yields the share that is done. */
export function* drawSketch(scene: Scene, width: number, height: number): Generator<number, Sketch> {
  const full = createCanvas(width, height);
  const aspect = width / height;
  const colour = { l: 0, a: 0, b: 0 };
  for (let row = 0; row < height; row += 1) {
    const y = (row + 0.5) / height - 0.5;
    for (let column = 0; column < width; column += 1) {
      scene.shade(((column + 0.5) / width - 0.5) * aspect, y, colour);
      const index = row * width + column;
      full.l[index] = colour.l;
      full.a[index] = colour.a;
      full.b[index] = colour.b;
    }
    if (row % ROWS_PER_YIELD === ROWS_PER_YIELD - 1) yield row / height;
  }
  const levels = [full];
  for (let level = full; Math.min(level.width, level.height) > 12 && levels.length < 6;) {
    level = halve(level);
    levels.push(level);
  }
  return { levels, angleAt: createAngles(levels[Math.min(2, levels.length - 1)] ?? full, scene, full) };
}

function halve(canvas: Canvas): Canvas {
  const half = createCanvas(Math.ceil(canvas.width / 2), Math.ceil(canvas.height / 2));
  for (let row = 0; row < half.height; row += 1) {
    const upper = row * 2 * canvas.width;
    const lower = Math.min(row * 2 + 1, canvas.height - 1) * canvas.width;
    for (let column = 0; column < half.width; column += 1) {
      const left = column * 2;
      const right = Math.min(left + 1, canvas.width - 1);
      const index = row * half.width + column;
      for (const channel of ["l", "a", "b"] as const) {
        const from = canvas[channel];
        half[channel][index] =
          (from[upper + left]! + from[upper + right]! + from[lower + left]! + from[lower + right]!) / 4;
      }
    }
  }
  return half;
}

/**
 * Along edges where there are some, along the scene's flow elsewhere: the smoothed structure tensor of the lightness,
 * to which the flow is added as a weak edge.
 */
function createAngles(grid: Canvas, scene: Scene, full: Canvas): Sketch["angleAt"] {
  const { width, height } = grid;
  const aspect = full.width / full.height;
  const xx = new Float32Array(width * height);
  const xy = new Float32Array(width * height);
  const yy = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const above = Math.max(0, row - 1) * width;
    const below = Math.min(height - 1, row + 1) * width;
    for (let column = 0; column < width; column += 1) {
      const before = Math.max(0, column - 1);
      const after = Math.min(width - 1, column + 1);
      const index = row * width + column;
      const dx = grid.l[row * width + after]! - grid.l[row * width + before]!;
      const dy = grid.l[below + column]! - grid.l[above + column]!;
      const flow = scene.flow(((column + 0.5) / width - 0.5) * aspect, (row + 0.5) / height - 0.5);
      // The gradient of the flow lies across it.
      const weak = 0.0006;
      const across = flow + Math.PI / 2;
      xx[index] = dx * dx + weak * Math.cos(across) ** 2;
      xy[index] = dx * dy + weak * Math.cos(across) * Math.sin(across);
      yy[index] = dy * dy + weak * Math.sin(across) ** 2;
    }
  }
  for (const tensor of [xx, xy, yy]) {
    for (let pass = 0; pass < 2; pass += 1) blur(tensor, width, height);
  }
  const angles = new Float32Array(width * height);
  for (let index = 0; index < angles.length; index += 1) {
    angles[index] = 0.5 * Math.atan2(2 * xy[index]!, xx[index]! - yy[index]!) + Math.PI / 2;
  }
  const scaleX = width / full.width;
  const scaleY = height / full.height;
  return (x, y) => {
    const column = clamp(Math.floor(x * scaleX), 0, width - 1);
    const row = clamp(Math.floor(y * scaleY), 0, height - 1);
    return angles[row * width + column] ?? 0;
  };
}

/** A box of three by three, in place, good enough for directions. */
function blur(values: Float32Array, width: number, height: number): void {
  for (let row = 0; row < height; row += 1) {
    let before = values[row * width]!;
    for (let column = 0; column < width; column += 1) {
      const index = row * width + column;
      const here = values[index]!;
      const after = column + 1 < width ? values[index + 1]! : here;
      values[index] = (before + here + after) / 3;
      before = here;
    }
  }
  for (let column = 0; column < width; column += 1) {
    let before = values[column]!;
    for (let row = 0; row < height; row += 1) {
      const index = row * width + column;
      const here = values[index]!;
      const after = row + 1 < height ? values[index + width]! : here;
      values[index] = (before + here + after) / 3;
      before = here;
    }
  }
}
