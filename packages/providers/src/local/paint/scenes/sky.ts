import { clamp, smoothstep } from "../../core/curves.ts";
import { blendInto, mixLab, type Lab } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Fleck, SceneContext } from "../scene.ts";

/** The sky of a scene, and where its light stands. */
export interface Sky {
  readonly horizon: number;
  readonly lightX: number;
  readonly lightY: number;
  readonly isNight: boolean;
  shade(x: number, y: number, out: Lab): void;
  /** The same without sun or moon: what rough water mirrors. */
  shadeAir(x: number, y: number, out: Lab): void;
  readonly flecks: readonly Fleck[];
}

/** A sky above `horizon` (scene y): gradient, sun or moon, clouds in perspective, stars by night. */
export function createSky(context: SceneContext, horizon: number): Sky {
  const { traits, palette, noise, aspect } = context;
  const random = createRandom(context.seed ^ 0x7f4a7c15);
  const has = (mood: (typeof traits.moods)[number]): boolean => traits.moods.includes(mood);
  const isNight = has("night");
  const isMoon = traits.subjects.has("moon") || (isNight && !traits.subjects.has("sun"));
  const showsDisc = isMoon || traits.subjects.has("sun") || has("dusk") || has("dawn") || random() < 0.35;
  const lightX = between(random, -0.36, 0.36) * aspect;
  const lowSun = has("dusk") || has("dawn") || has("golden");
  const lightY = isMoon
    ? between(random, -0.36, -0.18)
    : horizon - (lowSun ? between(random, 0.03, 0.12) : between(random, 0.14, 0.34));
  const radius = isMoon ? between(random, 0.035, 0.055) : between(random, 0.035, 0.05);
  const cloudiness = has("storm")
    ? 0.95
    : traits.subjects.has("clouds")
      ? 0.75
      : has("mist")
        ? 0.35
        : between(random, 0.3, 0.65);
  const cloudSeed = between(random, 0, 90);
  const glow = isMoon ? 0.5 : has("storm") ? 0.45 : 1;
  const dim = mixLab(palette.dark, palette.light, 0.08);
  const horizonColour = { l: 0, a: 0, b: 0 };
  palette.sky.at(1, horizonColour);
  const lit = mixLab(horizonColour, palette.light, has("storm") ? 0.25 : 0.55);
  const high = { l: 0, a: 0, b: 0 };
  const mid = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.1, high);
  palette.sky.at(0.55, mid);
  const shadow = mixLab(mixLab(high, mid, 0.6), dim, has("storm") ? 0.4 : 0.12);

  function shadeAir(x: number, y: number, out: Lab): void {
    const rise = clamp((horizon - y) / (horizon + 0.5), 0, 1);
    const sway = context.field(0, x, y) * 0.09 + noise.fractal(x * 1.3 + 9, y * 3, 3) * 0.12;
    palette.sky.at(1 - rise ** 0.85 + sway * (0.3 + rise), out);
    const dx = x - lightX;
    const dy = y - lightY;
    const distance = Math.hypot(dx, dy * 1.25);
    blendInto(out, palette.light, glow * (0.55 * Math.exp(-distance * 5.5) + 0.28 * Math.exp(-distance * 2)));
    const depth = 1 / (rise * 1.5 + 0.24);
    const u = x * 0.85 * depth + cloudSeed;
    const v = depth * 2.3 + cloudSeed + y * 1.4;
    const warp = noise.at(u * 0.9, v * 0.9 + 40) * 0.55;
    const body = noise.fractal(u + warp, v * 1.25 - warp, 5);
    const cover = smoothstep(
      0.28 - cloudiness * 0.55,
      0.62 - cloudiness * 0.45,
      body + context.field(1, x, y) * 0.12,
    );
    if (cover > 0.003) {
      const towards = distance < 0.001 ? 0 : 0.16 / (distance + 0.25);
      const other = noise.fractal(u + warp - dx * towards, v * 1.25 - warp - dy * towards * 2, 3);
      const bright = clamp(0.48 + (body - other) * 1.5 + glow * 0.5 * Math.exp(-distance * 3.2), 0, 1);
      blendInto(out, mixLab(shadow, lit, bright), cover * 0.86 * smoothstep(0, 0.06, rise));
    }
  }

  function shade(x: number, y: number, out: Lab): void {
    shadeAir(x, y, out);
    const dx = x - lightX;
    const dy = y - lightY;
    if (showsDisc && Math.abs(dx) < radius && Math.abs(dy) < radius) {
      const disc = smoothstep(radius, radius * 0.88, Math.hypot(dx, dy));
      blendInto(out, palette.light, disc * (isMoon ? 0.96 : 0.98));
      if (isMoon && disc > 0) out.l -= disc * Math.max(0, noise.fractal(x * 22, y * 22, 3)) * 0.22;
      if (!isMoon) out.l += 0.12 * disc;
    }
  }

  return { horizon, lightX, lightY, isNight, shade, shadeAir, flecks: starsOf(context, horizon, isNight) };
}

function starsOf(context: SceneContext, horizon: number, isNight: boolean): readonly Fleck[] {
  if (!isNight && !context.traits.subjects.has("stars")) return [];
  const random = createRandom(context.seed ^ 0x165667b1);
  const colour = mixLab(context.palette.light, { l: 1, a: 0, b: 0 }, 0.5);
  return Array.from({ length: 170 }, () => {
    const height = random() ** 1.5;
    const size = random() ** 4;
    return {
      x: (random() - 0.5) * context.aspect,
      y: -0.5 + height * (horizon + 0.42),
      radius: 0.0012 + size * 0.0042,
      colour,
      opacity: (0.35 + 0.6 * random()) * (1 - height * 0.6),
    };
  });
}
