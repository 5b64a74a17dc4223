import { clamp, smoothstep } from "../../core/curves.ts";
import { blendInto, mixLab, type Lab } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { SceneContext } from "../scene.ts";

export interface LandmarkPlaces {
  /** Where on land something may stand: its foot. */
  readonly x: number;
  readonly ground: number;
  readonly boatX?: number;
  readonly waterLine?: number;
  /** Side from which the light comes. */
  readonly lightX: number;
}

/** Things that a prompt names and that stand in a scene: painted over what is behind them. */
export interface Landmarks {
  shade(x: number, y: number, out: Lab): void;
}

const WHITE: Lab = { l: 0.94, a: 0.004, b: 0.02 };

export function createLandmarks(context: SceneContext, places: LandmarkPlaces): Landmarks {
  const { subjects } = context.traits;
  const parts: Landmarks[] = [];
  if (subjects.has("tree")) parts.push(tree(context, places));
  if (subjects.has("house")) parts.push(house(context, places));
  if (subjects.has("lighthouse")) parts.push(lighthouse(context, places));
  if (subjects.has("boat") && places.waterLine !== undefined)
    parts.push(boat(context, places, places.waterLine));
  if (subjects.has("birds")) parts.push(birds(context));
  return {
    shade(x, y, out) {
      for (const part of parts) part.shade(x, y, out);
    },
  };
}

function lighthouse(
  { palette, traits }: SceneContext,
  { x: footX, ground, lightX }: LandmarkPlaces,
): Landmarks {
  const height = 0.3;
  const top = ground - height;
  const side = lightX > footX ? 1 : -1;
  const isDark = palette.brightness < 0.6;
  const wall = mixLab(WHITE, palette.light, 0.45);
  const shadow = mixLab(palette.dark, wall, isDark ? 0.32 : 0.5);
  const band = mixLab(palette.accent, palette.dark, 0.15);
  const hasBeam = !traits.moods.includes("day");
  return {
    shade(x, y, out) {
      const dx = x - footX;
      const lampY = top - 0.018;
      if (hasBeam) {
        const distance = Math.hypot(dx, y - lampY);
        const spread = Math.abs((y - lampY) * 1 - dx * -side * -0.06) / (Math.abs(dx) * 0.11 + 0.006);
        const beam = dx * side < 0 ? Math.exp(-spread * spread) * Math.exp(-Math.abs(dx) * 2.2) : 0;
        blendInto(out, palette.light, clamp(0.5 * beam + 0.75 * Math.exp(-distance * 32), 0, 0.92));
      }
      const rise = (ground - y) / height;
      if (rise >= -0.04 && rise <= 1) {
        const half = 0.03 - 0.0125 * rise + 0.006 * smoothstep(0.08, 0, rise);
        if (Math.abs(dx) < half) {
          const turned = dx / half;
          const facing = clamp(0.5 + turned * side * 0.62, 0, 1);
          const isBand = rise > 0.28 && rise < 0.5 ? 1 : rise > 0.72 && rise < 0.9 ? 1 : 0;
          const base =
            isBand === 1
              ? mixLab(mixLab(band, palette.dark, 0.5), band, facing)
              : mixLab(shadow, wall, facing);
          blendInto(out, base, 0.97);
          if (Math.abs(dx) < 0.0045 && (Math.abs(rise - 0.2) < 0.03 || Math.abs(rise - 0.6) < 0.03)) {
            blendInto(out, palette.dark, 0.75);
          }
        }
      }
      const above = top - y;
      if (above > -0.008 && above < 0.004 && Math.abs(dx) < 0.026) blendInto(out, palette.dark, 0.92);
      if (above >= 0.004 && above < 0.032 && Math.abs(dx) < 0.0125) {
        blendInto(out, Math.abs(dx) < 0.0095 ? palette.light : palette.dark, 0.95);
      }
      if (above >= 0.032 && above < 0.058 && Math.abs(dx) < 0.0175 * (1 - (above - 0.032) / 0.027)) {
        blendInto(out, mixLab(band, palette.dark, 0.3), 0.95);
      }
    },
  };
}

function boat({ palette, seed }: SceneContext, places: LandmarkPlaces, waterLine: number): Landmarks {
  const random = createRandom(seed ^ 0x68bc21eb);
  const size = between(random, 0.09, 0.15);
  const middle = places.boatX ?? places.x;
  const foot = waterLine + between(random, 0.05, 0.13);
  const sail = mixLab(WHITE, palette.light, 0.4);
  const sailShade = mixLab(sail, palette.dark, 0.42);
  return {
    shade(x, y, out) {
      const u = (x - middle) / size;
      const v = (foot - y) / size;
      if (v > -0.9 && v < 0 && Math.abs(u) < 0.6) {
        const wobble = Math.sin(v * 44 + u * 3) * 0.06;
        if (Math.abs(u + wobble) < 0.42 * (1 + v)) blendInto(out, sailShade, 0.32 * (1 + v));
      }
      if (v >= -0.02 && v < 0.16 && Math.abs(u) < 0.4 + v * 0.9) {
        blendInto(out, mixLab(palette.dark, palette.accent, v > 0.11 ? 0.55 : 0.12), 0.95);
      }
      if (v > 0.18 && v < 1.35 && u > 0.015 && u < 0.44 * (1.35 - v))
        blendInto(out, mixLab(sail, sailShade, u * 1.2), 0.96);
      if (v > 0.24 && v < 1.1 && u < -0.02 && u > -0.34 * (1.1 - v))
        blendInto(out, mixLab(sailShade, sail, 0.35), 0.96);
      if (v >= 0.14 && v < 1.42 && Math.abs(u) < 0.014) blendInto(out, palette.dark, 0.9);
    },
  };
}

function tree(
  { palette, noise, seed }: SceneContext,
  { x: footX, ground, lightX }: LandmarkPlaces,
): Landmarks {
  const random = createRandom(seed ^ 0x02e5be93);
  const height = between(random, 0.28, 0.4);
  const spread = height * between(random, 0.42, 0.56);
  const crownY = ground - height * 0.66;
  const lean = between(random, -0.05, 0.05);
  const leafLight: Lab = { l: 0, a: 0, b: 0 };
  palette.ground.at(0.85, leafLight);
  const leaf = mixLab(leafLight, palette.accent, 0.35);
  const leafDark = mixLab(palette.dark, leaf, 0.25);
  const side = lightX > footX ? 1 : -1;
  return {
    shade(x, y, out) {
      const rise = ground - y;
      const dx = x - footX;
      if (rise > -0.015 && rise < height * 0.75) {
        const share = clamp(rise / height, 0, 1);
        const bend = lean * share + noise.at(share * 5, seed % 97) * 0.01;
        const half = 0.013 + 0.016 * smoothstep(0.12, 0, share) - 0.009 * share;
        if (Math.abs(dx - bend) < half) {
          blendInto(
            out,
            mixLab(palette.dark, leaf, clamp(0.2 + ((dx - bend) / half) * side * 0.3, 0, 0.6)),
            0.94,
          );
        }
      }
      const cx = (dx - lean * 0.7) / spread;
      const cy = (y - crownY) / (height * 0.4);
      const reach = Math.hypot(cx, cy) + noise.fractal(x * 11 + 5, y * 11, 4) * 0.62;
      const cover = smoothstep(0.95, 0.8, reach);
      if (cover > 0) {
        const tuft = noise.fractal(x * 19, y * 19 + 7, 3);
        const bright = clamp(0.45 + cx * side * 0.35 - cy * 0.38 + tuft * 0.9, 0, 1);
        blendInto(
          out,
          mixLab(leafDark, leaf, bright),
          cover * smoothstep(-0.75, -0.3, tuft + 0.55 - reach * 0.35),
        );
      }
    },
  };
}

function house({ palette, seed }: SceneContext, { x, ground, lightX }: LandmarkPlaces): Landmarks {
  const random = createRandom(seed ^ 0x2c1b3c6d);
  const size = between(random, 0.075, 0.1);
  const footX = x - Math.sign(x || 1) * 0.12;
  const side = lightX > footX ? 1 : -1;
  const wall = mixLab(
    mixLab(WHITE, palette.light, 0.5),
    palette.dark,
    palette.brightness < 0.3 ? 0.55 : 0.15,
  );
  const roof = mixLab(palette.accent, palette.dark, 0.45);
  return {
    shade(px, y, out) {
      const u = (px - footX) / size;
      const v = (ground + 0.008 - y) / size;
      if (v >= 0 && v < 1 && Math.abs(u) < 1.25) {
        const isGable = u * side > 0.35;
        blendInto(out, isGable ? wall : mixLab(wall, palette.dark, 0.38), 0.97);
        const isWindow =
          v > 0.35 && v < 0.72 && (Math.abs(u - side * 0.8) < 0.16 || Math.abs(u + side * 0.35) < 0.2);
        if (isWindow) blendInto(out, palette.brightness < 0.65 ? palette.light : palette.dark, 0.9);
      }
      const ridge = 1 + (1.45 - Math.abs(u)) * 0.75;
      if (v >= 0.95 && v < Math.min(1.75, ridge) && Math.abs(u) < 1.45) {
        blendInto(out, mixLab(roof, palette.light, u * side > 0.35 ? 0.25 : 0.02), 0.97);
      }
    },
  };
}

function birds({ palette, aspect, seed }: SceneContext): Landmarks {
  const random = createRandom(seed ^ 0x297a2d39);
  const middle = between(random, -0.25, 0.25) * aspect;
  const flock = Array.from({ length: 7 }, () => ({
    x: middle + between(random, -0.2, 0.2),
    y: between(random, -0.38, -0.14),
    size: between(random, 0.012, 0.026),
  }));
  return {
    shade(x, y, out) {
      for (const bird of flock) {
        const u = (x - bird.x) / bird.size;
        if (Math.abs(u) > 1) continue;
        const wing = -0.75 * Math.abs(Math.sin(Math.abs(u) * 2.4)) + 0.25 * u * u;
        const thickness = 0.22 * (1 - Math.abs(u)) + 0.05;
        if (Math.abs((y - bird.y) / bird.size - wing) < thickness) blendInto(out, palette.dark, 0.85);
      }
    },
  };
}
