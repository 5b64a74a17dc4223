import { createRandom } from "./random.ts";

/** Smooth seeded noise over the plane; every function stays within about [-1, 1]. */
export interface Noise {
  at(x: number, y: number): number;
  /** Octaves of noise, each twice as fine and half as strong. */
  fractal(x: number, y: number, octaves: number): number;
  /** Like `fractal`, with sharp crests: 0 in the valleys to 1 on the ridges. */
  ridged(x: number, y: number, octaves: number): number;
}

const DIRECTIONS = 32;

export function createNoise(seed: number): Noise {
  const random = createRandom(seed);
  const order = new Uint8Array(512);
  for (let index = 0; index < 256; index += 1) order[index] = index;
  for (let index = 255; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const held = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = held;
  }
  for (let index = 0; index < 256; index += 1) order[index + 256] = order[index] ?? 0;
  const gradientX = new Float64Array(256);
  const gradientY = new Float64Array(256);
  for (let index = 0; index < 256; index += 1) {
    const angle = ((index % DIRECTIONS) / DIRECTIONS) * 2 * Math.PI;
    gradientX[index] = Math.cos(angle) * 1.5;
    gradientY[index] = Math.sin(angle) * 1.5;
  }

  function at(x: number, y: number): number {
    const cellX = Math.floor(x);
    const cellY = Math.floor(y);
    const dx = x - cellX;
    const dy = y - cellY;
    const column = cellX & 255;
    const row = cellY & 255;
    const left = order[column]! + row;
    const right = order[column + 1]! + row;
    const a = order[left]!;
    const b = order[right]!;
    const c = order[left + 1]!;
    const d = order[right + 1]!;
    const u = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
    const v = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
    const topLeft = gradientX[a]! * dx + gradientY[a]! * dy;
    const topRight = gradientX[b]! * (dx - 1) + gradientY[b]! * dy;
    const bottomLeft = gradientX[c]! * dx + gradientY[c]! * (dy - 1);
    const bottomRight = gradientX[d]! * (dx - 1) + gradientY[d]! * (dy - 1);
    const top = topLeft + u * (topRight - topLeft);
    return top + v * (bottomLeft + u * (bottomRight - bottomLeft) - top);
  }

  function fractal(x: number, y: number, octaves: number): number {
    let sum = 0;
    let strength = 0.5;
    let px = x;
    let py = y;
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += strength * at(px, py);
      // Turned a little each time, so that the lattice does not show.
      const turned = px * 1.6 + py * 1.2 + 17.3;
      py = py * 1.6 - px * 1.2 + 5.1;
      px = turned;
      strength *= 0.5;
    }
    return sum;
  }

  function ridged(x: number, y: number, octaves: number): number {
    let sum = 0;
    let strength = 0.5;
    let total = 0;
    let px = x;
    let py = y;
    for (let octave = 0; octave < octaves; octave += 1) {
      const crest = 1 - Math.abs(at(px, py));
      sum += strength * crest * crest;
      total += strength;
      const turned = px * 1.6 + py * 1.2 + 31.7;
      py = py * 1.6 - px * 1.2 + 11.9;
      px = turned;
      strength *= 0.5;
    }
    return sum / total;
  }

  return { at, fractal, ridged };
}
