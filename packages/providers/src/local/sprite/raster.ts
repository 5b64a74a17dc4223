import { clamp } from "../core/curves.ts";
import { hashPoint } from "../core/random.ts";
import type { Figure, Part } from "./figure.ts";

/** Which part is seen at each cell (-1: none) and how much light falls on it, 0 to 1. */
export interface FigureRaster {
  readonly width: number;
  readonly height: number;
  readonly part: Int16Array;
  readonly light: Float32Array;
}

/** Room around the figure for its outline, as a share of the sprite. */
const MARGIN = 0.06;
const LIGHT = { x: -0.5, y: -0.66, z: 0.56 };

/** Finds what is seen in each cell; yields the share of rows that is done. */
export function* rasterFigure(
  figure: Figure,
  { width, height, seed }: { readonly width: number; readonly height: number; readonly seed: number },
): Generator<number, FigureRaster> {
  const part = new Int16Array(width * height).fill(-1);
  const light = new Float32Array(width * height);
  // The figure keeps its proportions in a wide or a tall sprite.
  const scale = (2 / Math.min(width, height)) * (1 + MARGIN * 2);
  const cell = scale / 2;
  for (let row = 0; row < height; row += 1) {
    const y = (row + 0.5 - height / 2) * scale;
    for (let column = 0; column < width; column += 1) {
      const x = (column + 0.5 - width / 2) * scale;
      const index = row * width + column;
      for (let order = figure.parts.length - 1; order >= 0; order -= 1) {
        const candidate = figure.parts[order];
        if (candidate === undefined || candidate.shape(x, y) > cell * 0.35) continue;
        part[index] = order;
        const grain = (hashPoint(column >> 1, row >> 1, seed) - 0.5) * 0.05;
        light[index] = clamp(lightOn(candidate, x, y) + grain, 0, 1);
        break;
      }
    }
    if (row % 8 === 7) yield row / height;
  }
  return { width, height, part, light };
}

/** Light on a part that rounds off towards its outline. */
function lightOn({ shape, bulge, light = 0 }: Part, x: number, y: number): number {
  if (bulge === 0) return clamp(0.5 + light * 0.5, 0, 1);
  const distance = shape(x, y);
  const step = 0.02;
  const slopeX = (shape(x + step, y) - shape(x - step, y)) / (2 * step);
  const slopeY = (shape(x, y + step) - shape(x, y - step)) / (2 * step);
  const steep = clamp(1 + distance / bulge, 0, 1) ** 1.4;
  const normalZ = Math.sqrt(Math.max(0, 1 - steep * steep));
  const facing = steep * (slopeX * LIGHT.x + slopeY * LIGHT.y) + normalZ * LIGHT.z;
  return clamp(0.42 + facing * 0.56 + light * 0.4 - y * 0.07, 0, 1);
}
