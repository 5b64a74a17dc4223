import { createRandom, gaussian, hashText } from "../core/random.ts";

/** Number of values that the network gives for a point; each within [-1, 1]. */
const FIELD_CHANNELS = 6;

/** The network over the whole picture, on a grid that is read with smooth steps between its points. */
export interface PatternField {
  /** Value of one channel at `x`, `y`, both 0 to 1 from the top left. */
  at(channel: number, x: number, y: number): number;
}

export interface PatternNetworkOptions {
  readonly words: readonly string[];
  readonly negativeWords: readonly string[];
  readonly seed: number;
  /** 0 to 1: how much of the weights the words decide, the rest being the seed's. */
  readonly adherence: number;
  readonly aspect: number;
}

const INPUTS = 7;
const WIDTH = 14;
const LAYERS = 3;
const GRID = 128;

/**
 * A small network from coordinates to colour-like values (a CPPN). Its weights are those of the seed, plus what each word
 * of the prompt adds and each of the negative prompt takes away, so that near prompts give related pictures.
 */
export function createPatternField(options: PatternNetworkOptions): PatternField {
  const weights = weightsFor(options);
  const activations = activationsFor(options);
  const columns = GRID;
  const rows = GRID;
  const values = new Float32Array(columns * rows * FIELD_CHANNELS);
  const current = new Float64Array(WIDTH);
  const next = new Float64Array(WIDTH);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = (column / (columns - 1) - 0.5) * 2 * options.aspect;
      const y = (row / (rows - 1) - 0.5) * 2;
      evaluate(weights, activations, x, y, current, next);
      const offset = (row * columns + column) * FIELD_CHANNELS;
      for (let channel = 0; channel < FIELD_CHANNELS; channel += 1) {
        values[offset + channel] = Math.tanh(current[channel] ?? 0);
      }
    }
  }
  return {
    at(channel, x, y) {
      const px = clampTo(x, columns);
      const py = clampTo(y, rows);
      const left = Math.min(px | 0, columns - 2);
      const top = Math.min(py | 0, rows - 2);
      const dx = px - left;
      const dy = py - top;
      const offset = (top * columns + left) * FIELD_CHANNELS + channel;
      const below = offset + columns * FIELD_CHANNELS;
      const upper = values[offset]! + (values[offset + FIELD_CHANNELS]! - values[offset]!) * dx;
      const lower = values[below]! + (values[below + FIELD_CHANNELS]! - values[below]!) * dx;
      return upper + (lower - upper) * dy;
    },
  };
}

function clampTo(share: number, size: number): number {
  const place = share * (size - 1);
  return place < 0 ? 0 : place > size - 1 ? size - 1 : place;
}

function weightCount(): number {
  return WIDTH * (INPUTS + 1) + (LAYERS - 1) * WIDTH * (WIDTH + 1);
}

function weightsFor({ words, negativeWords, seed, adherence }: PatternNetworkOptions): Float64Array {
  const count = weightCount();
  const weights = new Float64Array(count);
  const share = 0.25 + 0.55 * adherence;
  addRandom(weights, seed ^ 0x2545f491, Math.sqrt(1 - share * share));
  for (const word of words) {
    addRandom(weights, hashText(word, 7), share / Math.sqrt(words.length));
  }
  for (const word of negativeWords) {
    addRandom(weights, hashText(word, 7), (-0.7 * share) / Math.sqrt(negativeWords.length));
  }
  return weights;
}

function addRandom(weights: Float64Array, seed: number, scale: number): void {
  const random = createRandom(seed);
  for (let index = 0; index < weights.length; index += 1) {
    weights[index] = weights[index]! + gaussian(random) * scale;
  }
}

function activationsFor({ words, seed }: PatternNetworkOptions): Uint8Array {
  const random = createRandom(hashText(words.join(" "), 11) ^ seed);
  return Uint8Array.from({ length: WIDTH * LAYERS }, () => Math.floor(random() * 4));
}

/** Leaves the last layer's values in `current`. */
function evaluate(
  weights: Float64Array,
  activations: Uint8Array,
  x: number,
  y: number,
  current: Float64Array,
  next: Float64Array,
): void {
  const radius = Math.hypot(x, y);
  const inputs = [x, y, radius * 1.2 - 0.8, Math.sin(x * 2.1), Math.cos(y * 2.3), x * y, 1];
  let at = 0;
  for (let unit = 0; unit < WIDTH; unit += 1) {
    let sum = 0.3 * weights[at + INPUTS]!;
    for (let input = 0; input < INPUTS; input += 1) sum += weights[at + input]! * inputs[input]! * 0.75;
    at += INPUTS + 1;
    current[unit] = activate(activations[unit]!, sum);
  }
  const scale = 1.35 / Math.sqrt(WIDTH);
  for (let layer = 1; layer < LAYERS; layer += 1) {
    for (let unit = 0; unit < WIDTH; unit += 1) {
      let sum = 0.3 * weights[at + WIDTH]!;
      for (let input = 0; input < WIDTH; input += 1) sum += weights[at + input]! * current[input]! * scale;
      at += WIDTH + 1;
      next[unit] = activate(activations[layer * WIDTH + unit]!, sum);
    }
    current.set(next);
  }
}

function activate(kind: number, value: number): number {
  switch (kind) {
    case 0:
      return Math.sin(value * 1.7);
    case 1:
      return Math.tanh(value * 1.4);
    case 2:
      return 2 * Math.exp(-value * value) - 1;
    default:
      return Math.cos(value * 1.3);
  }
}
