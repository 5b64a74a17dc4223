import { clamp, lerp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, mixLab, type Lab, labOf, lchOf } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Fleck, Scene, SceneContext } from "../scene.ts";
import { createLandmarks } from "./landmarks.ts";
import { createRidgeLine } from "./ridge-line.ts";
import { createSky } from "./sky.ts";

const HILLS = 5;

/** Rolling hills under a wide sky, grass that leans, flowers in the foreground. */
export function createMeadowScene(context: SceneContext): Scene {
  const { palette, noise, aspect } = context;
  const random = createRandom(context.seed ^ 0x3c6ef35f);
  const horizon = between(random, 0.0, 0.1);
  const sky = createSky(context, horizon);
  const air: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.8, air);
  const hills = Array.from({ length: HILLS }, (_, index) => {
    const depth = index / (HILLS - 1);
    const offset = random() * 50;
    const base = lerp(horizon + 0.005, 0.33, depth ** 1.2);
    const swell = lerp(0.045, 0.075, depth);
    const crest = createRidgeLine(aspect, (x) => {
      const roll =
        noise.at(x * lerp(1.6, 0.8, depth) + offset, offset) * swell +
        noise.at(x * 4 + offset, 9) * swell * 0.2;
      const hedge =
        depth > 0 && depth < 0.8 ? Math.max(0, noise.fractal(x * 26 + offset, 4, 3)) * 0.03 * (1 - depth) : 0;
      return base - roll - hedge;
    });
    return { crest, depth, offset };
  });
  const grassDark: Lab = { l: 0, a: 0, b: 0 };
  const grassLit: Lab = { l: 0, a: 0, b: 0 };
  const place = (sky.lightX > 0 ? -1 : 1) * between(random, 0.16, 0.3) * aspect;
  const landmarks = createLandmarks(context, {
    x: place,
    ground: (hills[3]?.crest(place) ?? 0.3) + 0.01,
    lightX: sky.lightX,
  });

  return {
    flecks: [...sky.flecks, ...flowersOf(context, (x) => hills[4]?.crest(x) ?? 0.3)],
    flow: (x, y) =>
      y > horizon + 0.2
        ? -Math.PI / 2 + 0.5 * context.field(2, x, y) + noise.at(x * 5, y * 5) * 0.5
        : context.field(2, x, y) * 0.7 + noise.at(x * 2, y * 3) * 0.6,
    shade(x, y, out) {
      const hill = hills.findLast(({ crest }) => y >= crest(x));
      if (hill === undefined) sky.shade(x, y, out);
      else {
        const { depth, offset, crest } = hill;
        const below = y - crest(x);
        const slope = crest(x + 0.01) - crest(x - 0.01);
        const side = sky.lightX > x ? -1 : 1;
        const blades = noise.fractal(x * lerp(30, 46, depth) + y * 9, y * lerp(34, 15, depth) + offset, 4);
        const patches = noise.fractal(x * 2.6 + offset, y * 6, 3);
        const facing = clamp(
          0.58 + slope * side * 9 + patches * 0.95 + blades * 0.55 - below * lerp(1, 0.5, depth),
          0,
          1,
        );
        palette.ground.at(lerp(0.22, 0.1, depth) + 0.14 * patches, grassDark);
        palette.ground.at(lerp(0.8, 1, depth), grassLit);
        copyInto(out, mixLab(grassDark, grassLit, facing));
        blendInto(out, palette.light, 0.34 * smoothstep(0.035, 0, below) * (sky.isNight ? 0.3 : 1));
        blendInto(out, air, lerp(0.68, 0, depth ** 0.5));
      }
      landmarks.shade(x, y, out);
    },
  };
}

function flowersOf(
  { palette, aspect, seed, noise }: SceneContext,
  crestAt: (x: number) => number,
): readonly Fleck[] {
  const random = createRandom(seed ^ 0x510e527f);
  const accent = lchOf(palette.accent);
  const bright = labOf({ l: Math.max(accent.l, 0.62), c: Math.max(accent.c, 0.12), h: accent.h });
  const kinds = [
    bright,
    mixLab(bright, { l: 1, a: 0, b: 0.02 }, 0.55),
    palette.light,
    mixLab(bright, palette.dark, 0.3),
  ];
  const flowers: Fleck[] = [];
  for (let attempt = 0; attempt < 1500; attempt += 1) {
    const x = (random() - 0.5) * aspect;
    const near = random() ** 0.75;
    const crest = crestAt(x) - 0.12;
    const y = crest + (0.51 - crest) * near;
    const colour = kinds[Math.floor(random() ** 1.7 * kinds.length)] ?? bright;
    const size = random();
    // Flowers stand in drifts.
    if (noise.fractal(x * 4 + 20, y * 7, 3) < 0.02) continue;
    const radius = lerp(0.0016, 0.0085, near ** 2) * lerp(0.6, 1.2, size);
    flowers.push({ x, y, radius, colour, opacity: 0.9, stretch: 1.25 });
  }
  return flowers.sort((one, other) => one.y - other.y);
}
