import { clamp, lerp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, labOf, mixLab, type Lab } from "../../core/oklab.ts";
import { between, createRandom, hashPoint } from "../../core/random.ts";
import type { Fleck, Scene, SceneContext } from "../scene.ts";

const LAYERS = 5;

/** Trunks behind trunks towards a bright clearing, leaves above, ferns and a path of light below. */
export function createForestScene(context: SceneContext): Scene {
  const { palette, noise, aspect, seed, traits } = context;
  const random = createRandom(seed ^ 0x6a09e667);
  const lightX = between(random, -0.22, 0.22) * aspect;
  const lightY = between(random, -0.22, -0.05);
  const isDark = palette.brightness < 0.3;
  const lean = between(random, -0.06, 0.06);
  const floorY = between(random, 0.12, 0.2);
  const fog: Lab = { l: 0, a: 0, b: 0 };
  const leaf: Lab = { l: 0, a: 0, b: 0 };
  const leafBright: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.8, fog);
  palette.ground.at(0.5, leaf);
  palette.ground.at(0.92, leafBright);
  // Leaves are green unless a colour or the season says otherwise.
  const isPlain =
    traits.colours.length === 0 && !traits.moods.some((mood) => mood === "autumn" || mood === "winter");
  blendInto(leaf, labOf({ l: leaf.l, c: 0.09, h: 145 }), isPlain ? 0.75 : 0);
  blendInto(leafBright, labOf({ l: leafBright.l, c: 0.13, h: 122 }), isPlain ? 0.7 : 0);
  const bark = mixLab(palette.dark, { l: 0.1, a: 0, b: 0 }, 0.3);
  const shaftAngle = between(random, 0, 40);
  const leafAccent = mixLab(leafBright, palette.accent, isPlain ? 0 : 0.4);

  function shadeBack(x: number, y: number, out: Lab): void {
    const distance = Math.hypot((x - lightX) * 0.9, y - lightY);
    palette.sky.at(clamp(1.02 - distance * 0.95 + noise.fractal(x * 3, y * 3, 3) * 0.22, 0, 1), out);
    blendInto(out, palette.light, (isDark ? 0.5 : 0.85) * Math.exp(-distance * 4.2));
    blendInto(
      out,
      leaf,
      0.35 * smoothstep(-0.05, 0.4, noise.fractal(x * 5 + 4, y * 5, 4)) * smoothstep(0.1, 0.5, distance),
    );
  }

  function shadeTrunks(layer: number, x: number, y: number, out: Lab): void {
    const depth = layer / (LAYERS - 1);
    const spacing = lerp(0.06, 0.34, depth ** 1.5);
    const foot = lerp(floorY - 0.02, 0.56, depth ** 1.4);
    if (y > foot) return;
    const bent = x + lean * y + noise.at(y * 2 + layer * 9, layer * 5) * 0.012;
    const cell = Math.floor(bent / spacing);
    for (let near = cell - 1; near <= cell + 1; near += 1) {
      const chance = hashPoint(near, layer, seed);
      if (chance > 0.72) continue;
      const middle = (near + 0.2 + 0.6 * hashPoint(near, layer + 50, seed)) * spacing;
      // The clearing stays open for near trunks.
      if (depth > 0.55 && Math.abs(middle - lightX) < 0.17) continue;
      const half =
        spacing *
        lerp(0.05, 0.13, hashPoint(near, layer + 90, seed)) *
        (1 + 0.35 * smoothstep(foot - 0.12, foot, y));
      const offset = (bent - middle) / half;
      if (Math.abs(offset) > 1) continue;
      const side = lightX > middle ? 1 : -1;
      const texture = noise.fractal(x * 60, y * 9 + layer * 7, 3);
      const rim =
        smoothstep(0.35, 1, offset * side) * (0.35 + 0.5 * Math.exp(-Math.abs(middle - lightX) * 3));
      const tone = mixLab(
        mixLab(bark, leaf, 0.12 + texture * 0.25),
        palette.light,
        clamp(rim, 0, 0.75) * (isDark ? 0.4 : 0.8),
      );
      blendInto(out, mixLab(tone, fog, lerp(0.72, 0, depth ** 0.6)), 0.96);
    }
  }

  function shadeLeaves(layer: number, x: number, y: number, out: Lab): void {
    const depth = layer / (LAYERS - 1);
    const scale = lerp(12, 6.5, depth);
    const edge = Math.abs(x - lightX) / aspect;
    const hang =
      lerp(-0.2, -0.3, depth) + edge * lerp(0.5, 0.75, depth) + noise.at(x * 3 + layer * 11, layer) * 0.12;
    const density = noise.fractal(x * scale + layer * 17, y * scale, 5) + (hang - y) * 2.1;
    const cover = smoothstep(0, 0.16, density);
    if (cover === 0) return;
    const tuft = noise.fractal(x * scale * 2.4 + 3, y * scale * 2.4 + layer * 5, 4);
    const glow = Math.exp(-Math.hypot(x - lightX, y - lightY) * 2.1);
    const bright = clamp(0.06 + tuft * 1.3 + glow * 0.8 + density * 0.1, 0, 1);
    const tone = mixLab(mixLab(bark, leaf, 0.45), leafAccent, bright);
    blendInto(out, mixLab(tone, fog, lerp(0.42, 0, depth ** 0.5)), cover * 0.95);
  }

  function shadeFloor(x: number, y: number, out: Lab): void {
    const depth = clamp((y - floorY) / (0.5 - floorY), 0, 1);
    const cover = smoothstep(floorY - 0.035, floorY + 0.02, y + noise.fractal(x * 7, 2, 3) * 0.05);
    if (cover === 0) return;
    const tufts = noise.fractal(x * lerp(22, 8, depth), y * lerp(60, 20, depth), 4);
    const path = Math.exp(-(((x - lightX * (1 - depth)) / (0.06 + depth * 0.2)) ** 2));
    const bright = clamp(0.3 + tufts * 0.75 + path * 0.45 * (1 - depth * 0.4), 0, 1);
    copyIntoMix(out, mixLab(bark, leafAccent, bright * (isDark ? 0.55 : 0.85)), cover);
    blendInto(out, palette.light, cover * path * 0.5 * (1 - depth) * smoothstep(-0.2, 0.4, tufts));
    blendInto(out, fog, cover * 0.55 * smoothstep(0.25, 0, depth));
  }

  return {
    flecks: [
      ...leavesOf(context, {
        lightX,
        colours: [leafAccent, leafBright, mixLab(leaf, bark, 0.4), leafAccent],
      }),
      ...fireflies(context, lightX, isDark),
    ],
    flow: (x, y) => (y > floorY ? context.field(2, x, y) * 0.6 : Math.PI / 2 + context.field(2, x, y) * 0.8),
    shade(x, y, out) {
      shadeBack(x, y, out);
      for (let layer = 0; layer < LAYERS; layer += 1) {
        if (layer === 2) shadeFloor(x, y, out);
        shadeTrunks(layer, x, y, out);
        if (layer !== 3) shadeLeaves(layer, x, y, out);
        if (layer === 3) {
          const angle = Math.atan2(y - lightY + 0.5, x - lightX);
          const ray = smoothstep(0.05, 0.5, noise.at(angle * 9 + shaftAngle, 3)) * smoothstep(0.4, -0.2, y);
          blendInto(out, palette.light, ray * (isDark ? 0.1 : 0.34) * Math.exp(-Math.abs(x - lightX) * 1.8));
        }
      }
    },
  };
}

/** Single leaves: bright against the dark crowns, a few of them falling. */
function leavesOf(
  { noise, aspect, seed, palette }: SceneContext,
  { lightX, colours }: { readonly lightX: number; readonly colours: readonly Lab[] },
): readonly Fleck[] {
  const random = createRandom(seed ^ 0x428a2f98);
  const leaves: Fleck[] = [];
  for (let attempt = 0; attempt < 1300; attempt += 1) {
    const x = (random() - 0.5) * aspect;
    const edge = Math.abs(x - lightX) / aspect;
    const y = -0.5 + random() ** 1.3 * (0.34 + edge * 0.75);
    const glow = Math.exp(-Math.hypot(x - lightX, y + 0.1) * 2.4);
    if (noise.fractal(x * 7 + 30, y * 7, 3) + glow * 0.4 < 0.06) continue;
    const chosen = Math.min(colours.length - 1, Math.floor(random() ** (1.6 - glow) * colours.length));
    const colour = mixLab(colours[chosen] ?? palette.light, palette.light, glow * 0.5);
    const radius = between(random, 0.0022, 0.0062);
    leaves.push({
      x,
      y,
      radius,
      colour,
      opacity: between(random, 0.45, 0.9),
      stretch: between(random, 0.7, 1.9),
    });
  }
  return leaves;
}

function copyIntoMix(out: Lab, colour: Lab, cover: number): void {
  if (cover >= 1) copyInto(out, colour);
  else blendInto(out, colour, cover);
}

function fireflies(
  { palette, aspect, seed }: SceneContext,
  lightX: number,
  isDark: boolean,
): readonly Fleck[] {
  const random = createRandom(seed ^ 0xbb67ae85);
  return Array.from({ length: isDark ? 60 : 26 }, () => ({
    x: lightX + (random() + random() - 1) * aspect * 0.4,
    y: between(random, -0.25, 0.35),
    radius: between(random, 0.0016, isDark ? 0.0055 : 0.0035),
    colour: palette.light,
    opacity: between(random, 0.35, 0.85),
  }));
}
