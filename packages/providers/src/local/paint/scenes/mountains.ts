import { clamp, lerp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, mixLab, type Lab } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Scene, SceneContext } from "../scene.ts";
import { createLandmarks } from "./landmarks.ts";
import { createRidgeLine, type RidgeLine } from "./ridge-line.ts";
import { createSky } from "./sky.ts";

interface Range {
  readonly crest: RidgeLine;
  /** 0 far, 1 near. */
  readonly depth: number;
  readonly base: number;
  readonly offset: number;
}

/** Ranges behind ranges in ever bluer air, snow on the far ones, and often a lake before them. */
export function createMountainScene(context: SceneContext): Scene {
  const { palette, noise, aspect, traits } = context;
  const random = createRandom(context.seed ^ 0x38b34ae5);
  const sky = createSky(context, between(random, 0.08, 0.14));
  const hasLake = traits.subjects.has("water") || random() < 0.4;
  const shore = hasLake ? between(random, 0.2, 0.27) : 0.6;
  const count = 5;
  const drama = between(random, 0.8, 1.25);
  const ranges = Array.from({ length: count }, (_, index): Range => {
    const depth = index / (count - 1);
    const offset = random() * 60 + index * 13;
    const base = lerp(0.1, hasLake ? shore + 0.02 : 0.52, depth ** 1.15);
    const rise = lerp(0.42, hasLake ? 0.06 : 0.2, depth ** 0.7) * drama;
    const scale = lerp(0.9, 1.9, depth);
    const crest = createRidgeLine(aspect, (x) => {
      const broad = noise.at(x * scale * 0.8 + offset, offset) * 0.5 + 0.45;
      const peaks = noise.ridged(x * scale + offset, offset * 0.7, 5);
      const trees = depth > 0.6 ? Math.abs(noise.at(x * 85 + offset, 3)) * 0.016 * depth : 0;
      return base - rise * clamp(peaks * 0.85 + broad * 0.5 - 0.35, 0.02, 1.2) - trees;
    });
    return { crest, depth, base, offset };
  });
  const air: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.86, air);
  // Air takes the colour of the middle of the sky: far ranges are bluer than the glow at the horizon.
  const distant: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.48, distant);
  distant.l = lerp(distant.l, air.l, 0.35);
  const rock: Lab = { l: 0, a: 0, b: 0 };
  const lit: Lab = { l: 0, a: 0, b: 0 };
  const snow = mixLab({ l: 0.97, a: 0, b: 0 }, palette.light, 0.35);
  const snowShade = mixLab(mixLab(snow, distant, 0.7), palette.dark, 0.18);
  const snowline = traits.moods.includes("winter") ? 0.5 : between(random, 0.1, 0.22);
  const side = sky.lightX > 0 ? 1 : -1;
  const hasSnow =
    traits.moods.includes("winter") ||
    traits.words.some((word) => /^(alp|peak|glacier|summit|snow)/.test(word)) ||
    random() < 0.35;
  const place = between(random, -0.3, 0.3) * aspect;
  const nearest = ranges[count - 1];
  const landmarks = createLandmarks(context, {
    x: place,
    ground: (nearest?.crest(place) ?? 0.4) + 0.015,
    lightX: sky.lightX,
    ...(hasLake && { waterLine: shore, boatX: -place }),
  });

  function shadeRange(range: Range, x: number, y: number, top: number, out: Lab): void {
    const { depth, offset } = range;
    const below = y - top;
    const relief = noise.ridged(x * 4.6 + offset + y * 1.5 * side, y * 5.2 + offset, 4);
    const shifted = noise.ridged(
      (x + 0.02 * side) * 4.6 + offset + y * 1.5 * side,
      (y - 0.012) * 5.2 + offset,
      4,
    );
    const facing = clamp(0.4 + (relief - shifted) * 7, 0, 1);
    palette.ground.at(0.08 + 0.14 * (1 - depth), rock);
    palette.ground.at(lerp(0.8, 0.5, depth), lit);
    copyInto(out, mixLab(rock, lit, facing * lerp(0.95, 0.7, depth)));
    if (hasSnow && depth < 0.6) {
      const cover = smoothstep(snowline * (1.25 - depth), snowline * 0.35, below + (relief - 0.5) * 0.14);
      blendInto(out, mixLab(snowShade, snow, facing), cover * 0.94);
    }
    blendInto(out, distant, lerp(0.72, 0.02, depth ** 0.6));
    const mist = smoothstep(0.05, 0.26, below) * (1 - depth) * (traits.moods.includes("mist") ? 0.95 : 0.72);
    blendInto(out, air, mist);
    blendInto(out, palette.light, 0.34 * Math.exp(-Math.abs(x - sky.lightX) * 3) * (1 - depth) * facing);
  }

  function shadeLand(x: number, y: number, out: Lab): void {
    for (let index = count - 1; index >= 0; index -= 1) {
      const range = ranges[index];
      const top = range?.crest(x) ?? 1;
      if (range === undefined || y < top) continue;
      shadeRange(range, x, y, top, out);
      return;
    }
    sky.shade(x, y, out);
  }

  const deep: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.08, deep);

  return {
    flecks: sky.flecks,
    flow: (x, y) => (hasLake && y > shore ? 0 : context.field(2, x, y) * 0.8 + noise.at(x * 3, y * 3) * 0.9),
    shade(x, y, out) {
      if (hasLake && y > shore) {
        const depth = (y - shore) / (0.5 - shore);
        const ripple = noise.fractal(x * 3 * (1.4 - depth), (y * 46) / (0.6 + depth), 3);
        shadeLand(
          x + ripple * 0.02 * (0.2 + depth),
          shore - (y - shore) * 1.1 - Math.abs(ripple) * 0.014,
          out,
        );
        blendInto(out, deep, 0.22 + 0.3 * depth);
        blendInto(out, air, 0.55 * smoothstep(0.03, 0, y - shore) + 0.16 * smoothstep(0.2, 0.5, ripple));
      } else shadeLand(x, y, out);
      landmarks.shade(x, y, out);
    },
  };
}
