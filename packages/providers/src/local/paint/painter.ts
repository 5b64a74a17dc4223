import { clamp, lerp, smoothstep } from "../core/curves.ts";
import { createNoise } from "../core/noise.ts";
import { avalanche, createRandom, hashText, type Random } from "../core/random.ts";
import { createBristles, layDab, layStroke } from "./brush.ts";
import { createCanvas, type Canvas } from "./canvas.ts";
import { createPalette } from "./palette.ts";
import { createPatternField } from "./pattern-network.ts";
import { readPrompt } from "./read-prompt.ts";
import { fieldOf, type Scene } from "./scene.ts";
import { createScene } from "./scenes/create-scene.ts";
import { drawSketch, type Sketch } from "./sketch.ts";
import { varnish } from "./varnish.ts";

/** One picture to paint. Sizes in pixels; the same options give the same pixels. */
export interface PaintOptions {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seed: number;
  readonly steps: number;
  readonly guidance: number;
  readonly width: number;
  readonly height: number;
}

/** Where the work stands: `step` of `steps` is under way or, when `progress` is 1, all are done. */
export interface PaintProgress {
  readonly progress: number;
  /** 0 while the picture is still being sketched. */
  readonly step: number;
}

/** Share of the work that the sketch takes. */
const SKETCH_SHARE = 0.3;
/** Painted pixels between two yields. */
const PIXELS_PER_YIELD = 1_500_000;

/** Paints a picture, stroke by stroke; yields as it goes and returns RGB bytes, row by row. */
export function* paintPicture(options: PaintOptions): Generator<PaintProgress, Uint8Array> {
  const { width, height, steps } = options;
  const traits = readPrompt(options.prompt, options.negativePrompt);
  const adherence = options.guidance / (options.guidance + 3.5);
  const promptHash = hashText(traits.words.join(" "));
  const pictureSeed = avalanche(promptHash ^ avalanche(options.seed + 0x9e3779b9));
  const aspect = width / height;
  const field = createPatternField({ ...traits, seed: options.seed, adherence, aspect });
  const palette = createPalette(traits, pictureSeed, adherence);
  const scene = createScene({
    aspect,
    seed: pictureSeed,
    traits,
    palette,
    noise: createNoise(pictureSeed),
    field: fieldOf(field, aspect),
  });

  const sketching = drawSketch(scene, width, height);
  let drawn = sketching.next();
  while (drawn.done !== true) {
    yield { progress: drawn.value * SKETCH_SHARE, step: 0 };
    drawn = sketching.next();
  }
  const sketch = drawn.value;
  const random = createRandom(pictureSeed ^ 0x3c6ef372);
  const canvas = createCanvas(width, height);
  layGround(canvas, sketch, random);
  const bristles = createBristles(pictureSeed);
  for (let step = 1; step <= steps; step += 1) {
    for (const share of paintStep({ canvas, sketch, bristles, random, step, steps })) {
      const progress = SKETCH_SHARE + ((1 - SKETCH_SHARE) * (step - 1 + share)) / (steps + 1);
      yield { progress, step };
    }
  }
  layFlecks(canvas, scene);
  yield { progress: SKETCH_SHARE + ((1 - SKETCH_SHARE) * steps) / (steps + 1), step: steps };
  return varnish(canvas, { contrast: lerp(0.9, 1.22, adherence), seed: pictureSeed });
}

/** The canvas before the first stroke: noise in the colours of the blurred sketch. */
function layGround(canvas: Canvas, sketch: Sketch, random: Random): void {
  const level = sketch.levels.at(-1);
  if (level === undefined) return;
  for (let row = 0; row < canvas.height; row += 1) {
    const from = Math.min(level.height - 1, Math.floor((row / canvas.height) * level.height)) * level.width;
    for (let column = 0; column < canvas.width; column += 1) {
      const source = from + Math.min(level.width - 1, Math.floor((column / canvas.width) * level.width));
      const index = row * canvas.width + column;
      canvas.l[index] = (level.l[source] ?? 0) * 0.8 + (random() - 0.5) * 0.3;
      canvas.a[index] = (level.a[source] ?? 0) + (random() - 0.5) * 0.16;
      canvas.b[index] = (level.b[source] ?? 0) + (random() - 0.5) * 0.16;
    }
  }
}

interface StepContext {
  readonly canvas: Canvas;
  readonly sketch: Sketch;
  readonly bristles: Float32Array;
  readonly random: Random;
  readonly step: number;
  readonly steps: number;
}

/** One step: strokes of one brush size, where the canvas is furthest from the sketch. Yields the share done. */
function* paintStep(context: StepContext): Generator<number> {
  const { canvas, sketch, bristles, random, step, steps } = context;
  const { width, height } = canvas;
  const scale = Math.sqrt(width * height);
  // With few steps the finest brushes are never taken up: the picture stays a broad sketch.
  const skill = (1 - Math.exp(-steps / 6)) / (1 - Math.exp(-4));
  const phase = (step / steps) * Math.min(1, skill);
  const radius = Math.max(1.05, scale * 0.06 * 0.0225 ** phase);
  const spacing = Math.max(1.3, radius * 0.95);
  const noiseLevel = (1 - phase) ** 1.5;
  const tolerance = step === 1 ? -1 : lerp(0.03, 0.05, phase);
  const level = Math.min(sketch.levels.length - 1, Math.max(0, Math.round(Math.log2(radius) - 0.9)));
  const target = sketch.levels[level];
  if (target === undefined) return;
  const columns = Math.ceil(width / spacing);
  const rows = Math.ceil(height / spacing);
  const slots = shuffledSlots(columns * rows, random);
  let painted = 0;
  for (let slot = 0; slot < slots.length; slot += 1) {
    const cell = slots[slot]!;
    const x = ((cell % columns) + random()) * spacing;
    const y = (Math.floor(cell / columns) + random()) * spacing;
    if (x >= width || y >= height) continue;
    const source =
      Math.min(target.height - 1, (y / 2 ** level) | 0) * target.width +
      Math.min(target.width - 1, (x / 2 ** level) | 0);
    const l = target.l[source]!;
    const a = target.a[source]!;
    const b = target.b[source]!;
    const pixel = (y | 0) * width + (x | 0);
    const error =
      Math.abs(canvas.l[pixel]! - l) + Math.abs(canvas.a[pixel]! - a) + Math.abs(canvas.b[pixel]! - b);
    if (error < tolerance) continue;
    const angle = sketch.angleAt(x, y) + (random() - 0.5) * 0.35;
    const reach = radius * lerp(2.2, 4.2, random());
    const ahead = sketch.angleAt(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
    const turn = Math.sin(2 * (ahead - angle)) / 2;
    const jitter = 0.012 + 0.06 * noiseLevel;
    layStroke(
      canvas,
      {
        x,
        y,
        angle,
        reach,
        radius: radius * lerp(0.8, 1.15, random()),
        bend: clamp(-turn / (2 * reach), -0.25 / reach, 0.25 / reach),
        l: l + (random() - 0.5) * jitter,
        a: a + (random() - 0.5) * jitter,
        b: b + (random() - 0.5) * jitter,
        opacity: lerp(0.95, 0.82, phase),
        bristle: random() * 1024,
      },
      bristles,
    );
    painted += 4 * reach * radius;
    if (painted < PIXELS_PER_YIELD) continue;
    painted = 0;
    yield slot / slots.length;
  }
  yield 1;
}

/** Every cell once, in an order without pattern. */
function shuffledSlots(count: number, random: Random): Uint32Array {
  const slots = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) {
    const other = Math.floor(random() * (index + 1));
    slots[index] = slots[other]!;
    slots[other] = index;
  }
  return slots;
}

function layFlecks(canvas: Canvas, scene: Scene): void {
  const { width, height } = canvas;
  for (const fleck of scene.flecks ?? []) {
    const radius = Math.max(0.75, fleck.radius * height);
    layDab(canvas, {
      x: (fleck.x / (width / height) + 0.5) * width,
      y: (fleck.y + 0.5) * height,
      radiusX: radius * (fleck.stretch ?? 1),
      radiusY: radius,
      ...fleck.colour,
      opacity: fleck.opacity * smoothstep(0.2, 1, fleck.radius * height + 0.35),
    });
  }
}
