import { clamp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, mixLab, type Lab } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Fleck, Scene, SceneContext } from "../scene.ts";

/** Clouds of gas, stars in drifts, and often a planet with or without a ring. */
export function createSpaceScene(context: SceneContext): Scene {
  const { palette, noise, aspect, traits } = context;
  const random = createRandom(context.seed ^ 0xa54ff53a);
  const coreX = between(random, -0.25, 0.25) * aspect;
  const coreY = between(random, -0.2, 0.2);
  const turn = random() * Math.PI;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const offset = random() * 50;
  const hasPlanet = traits.words.some((word) => /^(planet|moon|orbit|alien)/.test(word)) || random() < 0.5;
  const planet = {
    x: (coreX > 0 ? -1 : 1) * between(random, 0.15, 0.3) * aspect,
    y: between(random, -0.12, 0.16),
    radius: between(random, 0.1, 0.2),
    tilt: between(random, -0.5, 0.5),
    hasRing: random() < 0.55,
  };
  const isSpiral = traits.words.some((word) => /^(galax|spiral|vortex)/.test(word));
  const night = mixLab(palette.dark, { l: 0.07, a: 0, b: -0.02 }, 0.65);
  const gasA: Lab = { l: 0, a: 0, b: 0 };

  function shadeGas(x: number, y: number, out: Lab): void {
    const u = (x - coreX) * cos + (y - coreY) * sin;
    const v = (y - coreY) * cos - (x - coreX) * sin;
    const warpX = noise.fractal(x * 1.8 + offset, y * 1.8, 4);
    const warpY = noise.fractal(x * 1.8, y * 1.8 + offset, 4);
    const gas = noise.fractal(x * 2.3 + warpX * 1.7, y * 2.3 + warpY * 1.7, 5);
    const arms = isSpiral ? spiralArms(u, v * 1.7, warpX) : 0;
    const band = isSpiral ? arms : Math.exp(-((v * 2.7 + warpX * 0.9) ** 2)) * Math.exp(-Math.abs(u) * 0.75);
    const lanes = noise.ridged(x * 2.6 + warpY * 1.2 + offset, y * 2.6 + warpX, 5);
    const density = clamp(band * 0.85 + gas * 0.55 + context.field(0, x, y) * 0.12, 0, 1);
    copyInto(out, night);
    palette.full.at(clamp(0.16 + density * 0.82, 0, 1), gasA);
    blendInto(out, gasA, smoothstep(0.04, 0.75, density) * 0.95);
    blendInto(out, palette.accent, 0.55 * smoothstep(0.05, 0.5, warpY + gas * 0.4) * density);
    blendInto(out, night, 0.75 * smoothstep(0.72, 0.93, lanes) * smoothstep(0.1, 0.5, density));
    const core = Math.hypot(u * 0.8, v * 2.2);
    blendInto(out, palette.light, 0.85 * Math.exp(-core * 11) + 0.2 * Math.exp(-core * 3.4));
  }

  function shadePlanet(x: number, y: number, out: Lab): void {
    const dx = (x - planet.x) / planet.radius;
    const dy = (y - planet.y) / planet.radius;
    const distance = Math.hypot(dx, dy);
    const tiltCos = Math.cos(planet.tilt);
    const tiltSin = Math.sin(planet.tilt);
    const along = dx * tiltCos + dy * tiltSin;
    const across = dy * tiltCos - dx * tiltSin;
    if (distance < 1.35)
      blendInto(
        out,
        palette.light,
        0.2 * Math.exp(-Math.max(0, distance - 1) * 9) * smoothstep(0.8, 1, distance),
      );
    if (distance < 1) {
      const depth = Math.sqrt(1 - distance * distance);
      const toLight = Math.atan2(coreY - planet.y, coreX - planet.x);
      const facing = clamp(dx * Math.cos(toLight) * 0.8 + dy * Math.sin(toLight) * 0.8 + depth * 0.45, 0, 1);
      const bands = noise.fractal(
        along * 0.9 + offset,
        across * 4.5 + noise.fractal(along * 3, across * 3, 3) * 0.9,
        4,
      );
      palette.full.at(clamp(0.55 + bands * 0.6, 0.2, 1), gasA);
      blendInto(gasA, palette.accent, 0.35 * smoothstep(0, 0.4, noise.at(along * 2 + 7, across * 5)));
      blendInto(out, mixLab(night, gasA, facing ** 0.8), smoothstep(1, 0.985, distance));
    }
    const ring = Math.hypot(along / 2.1, across / 0.5);
    const isBehind = across < 0 && distance < 1;
    if (planet.hasRing && ring > 0.68 && ring < 1 && !isBehind) {
      const grooves = 0.45 + 0.55 * noise.at(ring * 34, offset);
      blendInto(
        out,
        mixLab(palette.light, palette.accent, 0.3),
        clamp(grooves * 0.75, 0, 0.8) * smoothstep(1, 0.96, ring) * smoothstep(0.68, 0.72, ring),
      );
    }
  }

  return {
    flecks: starsOf(context, hasPlanet ? planet : undefined),
    flow: (x, y) => Math.atan2(y - coreY, x - coreX) + Math.PI / 2 + noise.at(x * 2, y * 2) * 0.8,
    shade(x, y, out) {
      shadeGas(x, y, out);
      if (hasPlanet) shadePlanet(x, y, out);
    },
  };
}

/** Two arms that wind outwards from the core. */
function spiralArms(u: number, v: number, warp: number): number {
  const radius = Math.hypot(u, v) + 0.02;
  const winding = Math.cos(2 * Math.atan2(v, u) - 5.2 * Math.log(radius) + warp * 1.6) * 0.5 + 0.5;
  return (0.12 + 0.95 * winding ** 1.6) * Math.exp(-((radius * 1.75) ** 2)) * 1.2;
}

function starsOf(
  { palette, aspect, seed, noise }: SceneContext,
  planet: { readonly x: number; readonly y: number; readonly radius: number } | undefined,
): readonly Fleck[] {
  const random = createRandom(seed ^ 0x9b05688c);
  const stars: Fleck[] = [];
  for (let attempt = 0; attempt < 900; attempt += 1) {
    const x = (random() - 0.5) * aspect;
    const y = random() - 0.5;
    const size = random() ** 7;
    const tint = mixLab(
      { l: 0.98, a: 0, b: 0 },
      random() < 0.3 ? palette.accent : palette.light,
      random() * 0.5,
    );
    if (noise.fractal(x * 2.5 + 60, y * 2.5, 3) + random() * 0.5 < 0.2) continue;
    if (planet !== undefined && Math.hypot(x - planet.x, y - planet.y) < planet.radius * 1.05) continue;
    stars.push({ x, y, radius: 0.001 + size * 0.006, colour: tint, opacity: 0.4 + 0.55 * random() });
    if (size > 0.6) {
      stars.push({ x, y, radius: 0.0008, stretch: 22, colour: tint, opacity: 0.5 });
      stars.push({ x, y, radius: 0.017, stretch: 0.05, colour: tint, opacity: 0.5 });
    }
  }
  return stars;
}
