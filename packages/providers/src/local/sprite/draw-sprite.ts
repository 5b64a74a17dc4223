import { COLOUR_WORDS } from "../core/colour-words.ts";
import { clamp } from "../core/curves.ts";
import type { Lch } from "../core/oklab.ts";
import { avalanche, between, createRandom, hashPoint, hashText } from "../core/random.ts";
import { findWord, wordsOf } from "../core/words-of.ts";
import { chooseArchetype } from "./choose-archetype.ts";
import type { Figure, FigureBrief } from "./figure.ts";
import { type FigureRaster, rasterFigure } from "./raster.ts";
import { type Tones, toneCounts, tonesOf } from "./tones.ts";

/** One sprite to draw. Sizes in pixels; the same options give the same pixels. */
export interface SpriteOptions {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /** Most colours of the palette, the outline's included. */
  readonly colours: number;
  readonly outline: boolean;
}

/** Above this size the figure is drawn in cells of several pixels: it stays pixel art. */
const MAX_CELLS = 128;
const OUTLINE = [26, 20, 34] as const;

/** Draws a sprite; yields the share that is done and returns RGBA bytes, row by row. */
export function* drawSprite(options: SpriteOptions): Generator<number, Uint8Array> {
  const unwanted = new Set(wordsOf(options.negativePrompt));
  const words = wordsOf(options.prompt).filter((word) => !unwanted.has(word));
  const seed = avalanche(hashText(words.join(" "), 5) ^ avalanche(options.seed + 1));
  const figure = chooseArchetype(words)(briefOf(words, unwanted, seed));
  const cellSize = Math.ceil(Math.max(options.width, options.height) / MAX_CELLS);
  const size = {
    width: Math.max(1, Math.floor(options.width / cellSize)),
    height: Math.max(1, Math.floor(options.height / cellSize)),
    seed,
  };
  const raster = yield* rasterFigure(figure, size);
  const cells = colourCells(figure, raster, options);
  return enlarge(cells, size, options, cellSize);
}

function briefOf(words: readonly string[], unwanted: ReadonlySet<string>, seed: number): FigureBrief {
  const random = createRandom(seed);
  const named = words.map((word) => findWord(COLOUR_WORDS, word)).filter((colour) => colour !== undefined);
  const banned = [...unwanted]
    .map((word) => findWord(COLOUR_WORDS, word))
    .filter((colour) => colour !== undefined);
  const hue = freeHue(random, banned);
  const own: readonly Lch[] = [
    { l: between(random, 0.52, 0.7), c: between(random, 0.12, 0.17), h: hue },
    { l: between(random, 0.5, 0.75), c: between(random, 0.1, 0.16), h: hue + between(random, 110, 210) },
  ];
  const palette =
    named.length === 0 ? own : [...named, ...own.slice(0, 1).map((colour) => companion(colour, named[0]))];
  const known = new Set(words.flatMap((word) => [word, word.replace(/s$/, "")]));
  return {
    random,
    isNamed: named.length > 0,
    has: (...wanted) => wanted.some((word) => known.has(word)),
    colour: (index) => palette[index % palette.length] ?? { l: 0.6, c: 0.14, h: hue },
  };
}

/** A hue away from those that are not wanted. */
function freeHue(random: () => number, banned: readonly Lch[]): number {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const hue = random() * 360;
    if (banned.every((colour) => Math.abs(((((hue - colour.h) % 360) + 540) % 360) - 180) > 50)) return hue;
  }
  return random() * 360;
}

/** A second colour that stands apart from a named first one. */
function companion(own: Lch, first: Lch | undefined): Lch {
  if (first === undefined) return own;
  const l = first.l > 0.6 ? clamp(first.l - 0.25, 0.3, 0.6) : clamp(first.l + 0.22, 0.55, 0.85);
  return { l, c: Math.max(0.06, first.c * 0.8), h: first.h + (own.h % 2 < 1 ? 38 : 165) };
}

/** RGBA for each cell: the tones of its material, lines between parts, an outline around all. */
function colourCells(figure: Figure, raster: FigureRaster, options: SpriteOptions): Uint8Array {
  const { width, height, part, light } = raster;
  const counts = toneCounts(figure.materials, options.colours);
  const tones = new Map<string, Tones>();
  for (const [name, material] of Object.entries(figure.materials)) {
    tones.set(name, tonesOf(material, counts.get(name) ?? 1));
  }
  const cells = new Uint8Array(width * height * 4);
  const partAt = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= width || row >= height ? -1 : (part[row * width + column] ?? -1);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const index = row * width + column;
      const seen = figure.parts[part[index] ?? -1];
      if (seen === undefined) {
        const isEdge = NEIGHBOURS.some(([dx, dy]) => partAt(column + dx, row + dy) >= 0);
        if (options.outline && isEdge) cells.set([...OUTLINE, 255], index * 4);
        continue;
      }
      const ramp = tones.get(seen.material);
      if (ramp === undefined) continue;
      const level = levelOf(light[index] ?? 0.5, ramp.count, column, row);
      const darkened = isSeam(figure, partAt, column, row) ? Math.max(0, level - 2) : level;
      cells.set(ramp.bytes.subarray(darkened * 3, darkened * 3 + 3), index * 4);
      cells[index * 4 + 3] = 255;
    }
  }
  return cells;
}

const NEIGHBOURS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

/** Where a part behind meets one that stands before it: its own darker tone draws the line. */
function isSeam(
  figure: Figure,
  partAt: (column: number, row: number) => number,
  column: number,
  row: number,
): boolean {
  const here = partAt(column, row);
  return NEIGHBOURS.some(([dx, dy]) => {
    const other = partAt(column + dx, row + dy);
    return other > here && figure.parts[other]?.seamless !== true;
  });
}

/** Light to a tone; between two tones the cells alternate like a chessboard. */
function levelOf(light: number, count: number, column: number, row: number): number {
  const place = clamp(light, 0, 0.9999) * count;
  const level = Math.floor(place);
  const rest = place - level;
  const isDithered = count >= 3 && rest > 0.86 && (column + row) % 2 === 0 && hashPoint(column, row, 3) > 0.2;
  return Math.min(count - 1, isDithered ? level + 1 : level);
}

/** The cells as pixels, in the middle of a transparent ground of the size that was asked for. */
function enlarge(
  cells: Uint8Array,
  size: { readonly width: number; readonly height: number },
  { width, height }: SpriteOptions,
  cellSize: number,
): Uint8Array {
  if (cellSize === 1) return cells;
  const pixels = new Uint8Array(width * height * 4);
  const left = Math.floor((width - size.width * cellSize) / 2);
  const top = Math.floor((height - size.height * cellSize) / 2);
  for (let row = 0; row < size.height * cellSize; row += 1) {
    for (let column = 0; column < size.width * cellSize; column += 1) {
      const from = (Math.floor(row / cellSize) * size.width + Math.floor(column / cellSize)) * 4;
      pixels.set(cells.subarray(from, from + 4), ((row + top) * width + column + left) * 4);
    }
  }
  return pixels;
}
