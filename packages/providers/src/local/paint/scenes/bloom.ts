import { clamp, lerp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, mixLab, type Lab, labOf, lchOf } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Scene, SceneContext } from "../scene.ts";

interface Flower {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly petals: number;
  readonly rings: number;
  readonly turn: number;
  readonly colour: Lab;
  readonly deep: Lab;
  readonly pale: Lab;
}

/** Flowers close up: rings of petals that overlap, lit from one side, leaves and soft ground behind. */
export function createBloomScene(context: SceneContext): Scene {
  const { palette, noise, field } = context;
  const random = createRandom(context.seed ^ 0xcbbb9d5d);
  const leafDark: Lab = { l: 0, a: 0, b: 0 };
  const leafLit: Lab = { l: 0, a: 0, b: 0 };
  palette.ground.at(0.12, leafDark);
  palette.ground.at(0.7, leafLit);
  const green = labOf({ l: 0.5, c: 0.08, h: 145 });
  const leaf = mixLab(leafLit, green, 0.5);
  const shade = mixLab(leafDark, labOf({ l: 0.2, c: 0.04, h: 170 }), 0.4);
  const count = random() < 0.4 ? 1 : 3 + Math.floor(random() * 3);
  const flowers = Array.from({ length: count }, (_, index): Flower =>
    flowerOf(context, random, index, count),
  ).sort((one, other) => one.radius - other.radius);
  const lightX = between(random, -0.6, 0.6);
  const lightY = -0.75;

  function shadeBack(x: number, y: number, out: Lab): void {
    const soft = noise.fractal(x * 1.6 + 3, y * 1.6, 3) + field(0, x, y) * 0.5;
    palette.sky.at(clamp(0.42 + soft * 0.5 - y * 0.4, 0, 1), out);
    const leaves = noise.ridged(x * 2.6 + noise.at(x * 3, y * 3) * 0.5, y * 2.1 + 5, 4);
    const cover = smoothstep(0.5, 0.72, leaves + y * 0.35);
    const lit = clamp(0.35 + noise.fractal(x * 5, y * 5 + 9, 4) * 0.9 - y * 0.5, 0, 1);
    blendInto(out, mixLab(shade, leaf, lit), cover * 0.88);
    blendInto(out, shade, 0.5 * smoothstep(0.1, 0.55, y));
  }

  function shadeFlower(flower: Flower, x: number, y: number, out: Lab): void {
    const dx = (x - flower.x) / flower.radius;
    const dy = (y - flower.y) / flower.radius;
    const radius = Math.hypot(dx, dy * 1.08);
    if (radius > 1.3) return;
    blendInto(out, shade, 0.55 * smoothstep(1.3, 0.85, radius) * smoothstep(-0.4, 0.5, dy));
    const angle = Math.atan2(dy, dx);
    for (let ring = 0; ring < flower.rings; ring += 1) {
      const inward = ring / flower.rings;
      const reach = lerp(1, 0.24, inward ** 0.85);
      const phase = flower.turn + ring * 2.4;
      const wobble = noise.at(Math.cos(angle) * 1.4 + ring * 7, Math.sin(angle) * 1.4 + flower.turn) * 0.32;
      const petal = (angle + phase + wobble) * flower.petals * 0.5;
      const lobe = Math.abs(Math.cos(petal)) ** 0.42;
      const edge =
        reach * (0.66 + 0.34 * lobe) * (1 + noise.fractal(angle * 3 + ring * 5, ring * 3, 3) * 0.09);
      if (radius > edge) continue;
      const share = radius / edge;
      const facing = (Math.cos(angle) * lightX + Math.sin(angle) * lightY) * 0.5 + 0.5;
      const fold = lobe * 0.3 + noise.fractal(petal * 1.1, radius * 5 + ring * 3, 3) * 0.26;
      const veins = Math.abs(Math.sin(petal * 6 + noise.at(dx * 4, dy * 4) * 2)) * 0.07;
      const light = clamp(
        0.12 + share ** 2.2 * 0.55 + facing * 0.36 + fold * 0.55 - veins - (1 - lobe) * 0.3 - inward * 0.12,
        0,
        1,
      );
      const tone =
        light < 0.5
          ? mixLab(flower.deep, flower.colour, light * 2)
          : mixLab(flower.colour, flower.pale, light * 2 - 1);
      blendInto(out, tone, smoothstep(edge, edge * 0.975, radius));
    }
    const heart = smoothstep(0.19, 0.1, radius + noise.at(dx * 12, dy * 12) * 0.035);
    const seeds = smoothstep(-0.2, 0.4, noise.at(dx * 30, dy * 30));
    blendInto(out, mixLab(mixLab(flower.deep, palette.dark, 0.5), palette.light, seeds * 0.75), heart * 0.92);
  }

  const back: Lab = { l: 0, a: 0, b: 0 };
  return {
    flow: (x, y) => {
      const near = flowers.find((flower) => Math.hypot(x - flower.x, y - flower.y) < flower.radius);
      return near === undefined
        ? context.field(2, x, y) * 1.5 + noise.at(x * 2, y * 2)
        : Math.atan2(y - near.y, x - near.x) + noise.at(x * 5, y * 5) * 0.4;
    },
    shade(x, y, out) {
      shadeBack(x, y, back);
      copyInto(out, back);
      for (const flower of flowers) {
        const stemX = flower.x + (y - flower.y) * 0.12 * Math.sin(flower.turn);
        if (y > flower.y && Math.abs(x - stemX) < 0.009)
          blendInto(out, mixLab(shade, leaf, x > stemX ? 0.35 : 0.75), 0.9);
      }
      for (const flower of flowers) shadeFlower(flower, x, y, out);
    },
  };
}

function flowerOf(
  { palette, aspect, traits }: SceneContext,
  random: () => number,
  index: number,
  count: number,
): Flower {
  const own = traits.colours[0] ?? lchOf(palette.accent);
  const hue = own.h + (index % 2 === 0 ? 0 : between(random, -28, 28));
  const chroma = clamp(own.c * 1.1, 0.05, 0.19);
  const angle = (index / count) * 2 * Math.PI + random();
  const distance = count === 1 ? 0.04 : between(random, 0.16, 0.27);
  return {
    x: Math.cos(angle) * distance * aspect * 0.95,
    y: Math.sin(angle) * distance * 0.8 - 0.02,
    radius: count === 1 ? between(random, 0.34, 0.42) : between(random, 0.13, 0.25),
    petals: 5 + Math.floor(random() * 4),
    rings: 3 + Math.floor(random() * 4),
    turn: random() * 6.28,
    colour: labOf({ l: clamp(own.l, 0.55, 0.72), c: chroma, h: hue }),
    deep: labOf({ l: clamp(own.l, 0.5, 0.7) * 0.5, c: chroma * 0.9, h: hue - 14 }),
    pale: labOf({ l: 0.93, c: chroma * 0.38, h: hue + 16 }),
  };
}
