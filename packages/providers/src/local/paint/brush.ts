import type { Canvas } from "./canvas.ts";
import { createRandom } from "../core/random.ts";

/** One stroke: an arc around (`x`, `y`), in pixels. */
export interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  /** Half the length and half the width, in pixels. */
  readonly reach: number;
  readonly radius: number;
  /** Sideways shift at the ends, per squared pixel along the stroke. */
  readonly bend: number;
  readonly l: number;
  readonly a: number;
  readonly b: number;
  readonly opacity: number;
  /** Where in the bristle table this stroke's brush begins. */
  readonly bristle: number;
}

/** A brush's hairs: how much paint each carries, 0 to 1, around a ring of `BRISTLES` values. */
const BRISTLES = 1024;

export function createBristles(seed: number): Float32Array {
  const random = createRandom(seed ^ 0x1b873593);
  const raw = Float32Array.from({ length: BRISTLES }, () => random());
  return raw.map((_, index) => {
    const before = raw[(index + BRISTLES - 1) % BRISTLES] ?? 0;
    const after = raw[(index + 1) % BRISTLES] ?? 0;
    return before * 0.25 + (raw[index] ?? 0) * 0.5 + after * 0.25;
  });
}

/** Lays a stroke on the canvas. Hairs streak its colour, its ends run dry, its rim stands thicker. */
export function layStroke(canvas: Canvas, stroke: Stroke, bristles: Float32Array): void {
  const { x, y, reach, radius, bend, opacity } = stroke;
  const cos = Math.cos(stroke.angle);
  const sin = Math.sin(stroke.angle);
  const sag = Math.abs(bend) * reach * reach;
  const halfWidth = Math.abs(cos) * reach + Math.abs(sin) * (radius + sag) + 1;
  const halfHeight = Math.abs(sin) * reach + Math.abs(cos) * (radius + sag) + 1;
  const left = Math.max(0, Math.floor(x - halfWidth));
  const right = Math.min(canvas.width - 1, Math.ceil(x + halfWidth));
  const top = Math.max(0, Math.floor(y - halfHeight));
  const bottom = Math.min(canvas.height - 1, Math.ceil(y + halfHeight));
  const { l: canvasL, a: canvasA, b: canvasB, relief } = canvas;
  const hairScale = Math.min(2.2, 9 / radius);
  const edge = radius < 2.5 ? 1 / radius : 0.42;
  const inverseReach = 1 / reach;
  const inverseRadius = 1 / radius;
  const slopeAlong = Math.abs(cos) < 0.01 ? 0 : reach / Math.abs(cos);
  const slopeAcross = Math.abs(sin) < 0.01 ? 0 : (radius + sag) / Math.abs(sin);
  for (let row = top; row <= bottom; row += 1) {
    const dy = row - y;
    const offset = row * canvas.width;
    // Of this row, the part within the stroke's rectangle.
    const middleAlong = slopeAlong === 0 ? 0 : (-dy * sin) / cos;
    const middleAcross = slopeAcross === 0 ? 0 : (dy * cos) / sin;
    const from = Math.max(
      left,
      slopeAlong === 0 ? left : Math.ceil(x + middleAlong - slopeAlong),
      slopeAcross === 0 ? left : Math.ceil(x + middleAcross - slopeAcross),
    );
    const to = Math.min(
      right,
      slopeAlong === 0 ? right : Math.floor(x + middleAlong + slopeAlong),
      slopeAcross === 0 ? right : Math.floor(x + middleAcross + slopeAcross),
    );
    for (let column = from; column <= to; column += 1) {
      const dx = column - x;
      const along = dx * cos + dy * sin;
      const t = along * inverseReach;
      if (t > 1 || t < -1) continue;
      const across = (dy * cos - dx * sin + bend * along * along) * inverseRadius;
      const side = across < 0 ? -across : across;
      // The end is round: its outline is an ellipse's.
      const tip = t * t * t * t;
      const border = 1 - tip - side;
      if (border <= 0) continue;
      const hair =
        bristles[((across * radius * hairScale + along * 0.035 + stroke.bristle) | 0) & (BRISTLES - 1)]!;
      const soft = border < edge ? border / edge : 1;
      const dry = t > 0.25 ? 1 - (t - 0.25) * 1.1 * (1 - hair) : 1;
      const cover = opacity * soft * (0.62 + 0.38 * hair) * dry;
      const index = offset + column;
      const tint = (hair - 0.5) * 0.035;
      canvasL[index] = canvasL[index]! + (stroke.l + tint - canvasL[index]!) * cover;
      canvasA[index] = canvasA[index]! + (stroke.a - canvasA[index]!) * cover;
      canvasB[index] = canvasB[index]! + (stroke.b - canvasB[index]!) * cover;
      const thickness = 0.35 + 0.65 * hair;
      relief[index] = relief[index]! + (thickness - relief[index]!) * cover * 0.85;
    }
  }
}

/** Lays a round or stretched touch with a soft rim. */
export function layDab(
  canvas: Canvas,
  dab: {
    x: number;
    y: number;
    radiusX: number;
    radiusY: number;
    l: number;
    a: number;
    b: number;
    opacity: number;
  },
): void {
  const left = Math.max(0, Math.floor(dab.x - dab.radiusX - 1));
  const right = Math.min(canvas.width - 1, Math.ceil(dab.x + dab.radiusX + 1));
  const top = Math.max(0, Math.floor(dab.y - dab.radiusY - 1));
  const bottom = Math.min(canvas.height - 1, Math.ceil(dab.y + dab.radiusY + 1));
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const distance = Math.hypot((column - dab.x) / dab.radiusX, (row - dab.y) / dab.radiusY);
      if (distance >= 1) continue;
      const cover = dab.opacity * Math.min(1, (1 - distance) * 2.2);
      const index = row * canvas.width + column;
      canvas.l[index] = canvas.l[index]! + (dab.l - canvas.l[index]!) * cover;
      canvas.a[index] = canvas.a[index]! + (dab.a - canvas.a[index]!) * cover;
      canvas.b[index] = canvas.b[index]! + (dab.b - canvas.b[index]!) * cover;
      canvas.relief[index] = canvas.relief[index]! + cover * 0.25;
    }
  }
}
