import { clamp, lerp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, mixLab, type Lab, labOf } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Scene, SceneContext } from "../scene.ts";
import { createLandmarks } from "./landmarks.ts";
import { createRidgeLine } from "./ridge-line.ts";
import { createSky } from "./sky.ts";

const DUNES = 5;

/** Dunes with a lit and a shaded flank that meet in a winding edge, rippled by wind. */
export function createDesertScene(context: SceneContext): Scene {
  const { palette, noise, aspect, traits } = context;
  const random = createRandom(context.seed ^ 0x1f83d9ab);
  const horizon = between(random, -0.02, 0.06);
  const sky = createSky(context, horizon);
  const side = sky.lightX > 0 ? 1 : -1;
  const warmth = traits.colours.length > 0 ? 0.2 : 0.6;
  const air: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.9, air);
  const ground = { dark: { l: 0, a: 0, b: 0 }, light: { l: 0, a: 0, b: 0 } };
  palette.ground.at(0.25, ground.dark);
  palette.ground.at(0.95, ground.light);
  const dim = lerp(0.5, 1, palette.brightness);
  const sand = mixLab(ground.light, labOf({ l: 0.8 * dim, c: 0.11, h: 68 }), warmth);
  const sandShade = mixLab(ground.dark, labOf({ l: 0.4 * dim, c: 0.085, h: 35 }), warmth);
  const dunes = Array.from({ length: DUNES }, (_, index) => {
    const depth = index / (DUNES - 1);
    const offset = random() * 60;
    const base = lerp(horizon + 0.02, 0.46, depth ** 1.1);
    const scale = lerp(2.1, 0.75, depth);
    const rise = lerp(0.04, 0.2, depth);
    const crest = createRidgeLine(aspect, (x) => {
      const wave = Math.abs(noise.at(x * scale + offset, offset * 0.3));
      return base - rise * (1 - wave * 1.7) * 0.8 - noise.at(x * scale * 2 + offset, 7) * rise * 0.15;
    });
    return { crest, depth, offset, scale };
  });
  const place = -side * between(random, 0.15, 0.3) * aspect;
  const landmarks = createLandmarks(context, {
    x: place,
    ground: dunes[2]?.crest(place) ?? 0.2,
    lightX: sky.lightX,
  });

  return {
    flecks: sky.flecks,
    flow: (x, y) => (y > horizon ? 0.35 * side + context.field(2, x, y) * 0.5 : context.field(2, x, y) * 0.7),
    shade(x, y, out) {
      const dune = dunes.findLast(({ crest }) => y >= crest(x));
      if (dune === undefined) sky.shade(x, y, out);
      else {
        const { depth, offset, crest, scale } = dune;
        const below = y - crest(x);
        // Further down, the flanks' edge winds to and fro.
        const winding = noise.at(below * 5 + offset, x * scale) * below * 1.1 + below * 0.55 * side;
        const slope = (crest(x + winding + 0.02) - crest(x + winding - 0.02)) * side;
        const facing = smoothstep(0.006, -0.008, slope - below * 0.006);
        const ripple = Math.sin((y * 260) / (0.5 + depth) + noise.fractal(x * 9, y * 9 + offset, 3) * 9);
        const grain = noise.fractal(x * 16, y * 26, 3);
        const shade = mixLab(
          sandShade,
          sand,
          clamp(facing * 0.9 + 0.06 + ripple * 0.035 * (0.3 + depth) + grain * 0.12, 0, 1),
        );
        copyInto(out, shade);
        blendInto(out, palette.light, 0.42 * facing * smoothstep(0.03, 0, below) * (sky.isNight ? 0.35 : 1));
        blendInto(out, air, lerp(0.55, 0, depth ** 0.6));
        blendInto(out, mixLab(air, palette.dark, 0.3), 0.18 * (1 - facing) * (1 - depth));
      }
      landmarks.shade(x, y, out);
    },
  };
}
