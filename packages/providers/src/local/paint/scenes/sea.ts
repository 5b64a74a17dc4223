import { clamp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, mixLab, type Lab } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Scene, SceneContext } from "../scene.ts";
import { createLandmarks } from "./landmarks.ts";
import { createSky } from "./sky.ts";

/** Water below a low or high horizon, the light's path on it, a headland, and what stands there. */
export function createSeaScene(context: SceneContext): Scene {
  const { palette, noise, aspect, traits } = context;
  const random = createRandom(context.seed ^ 0x51ed270b);
  const horizon = between(random, -0.02, 0.16);
  const sky = createSky(context, horizon);
  const isStormy = traits.moods.includes("storm");
  const roughness = isStormy ? 1.6 : traits.moods.includes("mist") ? 0.5 : between(random, 0.7, 1.1);
  const side = sky.lightX > 0 ? -1 : 1;
  const needsLand =
    traits.subjects.has("lighthouse") || traits.subjects.has("house") || traits.subjects.has("tree");
  const hasLand = needsLand || random() < 0.6;
  const landHeight = needsLand ? between(random, 0.07, 0.11) : between(random, 0.03, 0.14);
  const landEdge = side * between(random, -0.02, 0.1) * aspect;
  const landTone: Lab = { l: 0, a: 0, b: 0 };
  const lightTone: Lab = { l: 0, a: 0, b: 0 };
  palette.ground.at(0.12, landTone);
  palette.ground.at(0.62, lightTone);
  const deep: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.02, deep);
  const water = mixLab(deep, palette.dark, 0.35);
  const mirrored: Lab = { l: 0, a: 0, b: 0 };
  const landTop = (x: number): number => {
    const inland = (x - landEdge) * side;
    if (!hasLand || inland < -0.05) return 0;
    const rise = smoothstep(-0.03, 0.34, inland);
    return (
      rise * landHeight * (0.8 + 0.45 * noise.fractal(x * 3.1 + 50, 3, 4)) +
      rise * 0.012 * noise.at(x * 26, 8)
    );
  };
  const placeX = landEdge + side * between(random, 0.3, 0.4) * aspect * 0.55;
  const landmarks = createLandmarks(context, {
    x: placeX,
    ground: horizon - landTop(placeX) + 0.012,
    boatX: clamp(sky.lightX - side * between(random, 0.1, 0.17) * aspect, -0.38 * aspect, 0.38 * aspect),
    waterLine: horizon,
    lightX: sky.lightX,
  });

  function shadeWater(x: number, y: number, out: Lab): void {
    const depth = clamp((y - horizon) / (0.5 - horizon), 0, 1);
    const distance = 1 / (depth + 0.055);
    const swell = noise.fractal(x * distance * 0.55 + 3, distance * 2.1 + 20, 4);
    const ripple = noise.at(x * distance * 2.1 + swell, distance * 7.5);
    const wave = (swell * 0.75 + ripple * 0.35) * roughness;
    sky.shadeAir(
      x + wave * 0.06 * (0.3 + depth),
      horizon - (y - horizon) * 0.85 - 0.01 - Math.abs(wave) * 0.06,
      mirrored,
    );
    const facing = clamp(0.78 - depth * 0.5 + wave * 0.62, 0, 1);
    copyInto(out, mixLab(water, mirrored, facing));
    const path = Math.exp(-(((x - sky.lightX) / (0.035 + depth * 0.15)) ** 2));
    blendInto(out, palette.light, path * smoothstep(-0.12, 0.4, wave) * (sky.isNight ? 0.7 : 0.82));
    if (isStormy) blendInto(out, palette.light, smoothstep(0.42, 0.75, wave) * 0.75 * depth);
    blendInto(out, mirrored, 0.5 * smoothstep(0.05, 0, depth));
  }

  return {
    flecks: sky.flecks,
    flow: (x, y) =>
      y > horizon
        ? noise.at(x * 3, y * 9) * 0.25
        : context.field(2, x, y) * 0.9 + noise.at(x * 2, y * 3) * 0.7,
    shade(x, y, out) {
      if (y <= horizon) sky.shade(x, y, out);
      else shadeWater(x, y, out);
      const top = landTop(x);
      const shore =
        horizon + 0.012 + 0.05 * smoothstep(0, 0.5, (x - landEdge) * side) + 0.006 * noise.at(x * 14, 3);
      if (top > 0.002 && y > horizon - top && y < shore) {
        const slope = landTop(x + 0.012) - landTop(x - 0.012);
        const facing = clamp(0.25 - slope * side * 9 + noise.fractal(x * 9, y * 22, 4) * 0.7, 0, 1);
        copyInto(out, mixLab(landTone, lightTone, facing * (sky.isNight ? 0.35 : 0.75)));
        blendInto(out, palette.light, 0.25 * facing * smoothstep(0.03, 0, y - horizon + top));
      } else if (top > 0.002 && y >= shore && y < shore + top * 1.5) {
        const fade = 1 - (y - shore) / (top * 1.5);
        blendInto(out, landTone, 0.62 * fade * smoothstep(-0.5, 0.3, noise.at(x * 6, y * 60)));
      }
      landmarks.shade(x, y, out);
    },
  };
}
