import { clamp, lerp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, mixLab, type Lab, labOf } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Scene, SceneContext } from "../scene.ts";

/** The front of a face in profile, from the crown to the chest: height, and how far it reaches forward. */
const PROFILE: readonly (readonly [number, number])[] = [
  [-1.22, -0.3],
  [-1.19, 0],
  [-1.12, 0.22],
  [-1.02, 0.4],
  [-0.86, 0.56],
  [-0.62, 0.72],
  [-0.36, 0.78],
  [-0.2, 0.755],
  [-0.12, 0.735],
  [0.02, 0.8],
  [0.16, 0.9],
  [0.27, 0.985],
  [0.315, 0.965],
  [0.345, 0.845],
  [0.39, 0.8],
  [0.445, 0.84],
  [0.49, 0.862],
  [0.525, 0.825],
  [0.545, 0.8],
  [0.585, 0.842],
  [0.64, 0.815],
  [0.69, 0.755],
  [0.76, 0.775],
  [0.83, 0.765],
  [0.92, 0.69],
  [0.98, 0.54],
  [1.02, 0.3],
  [1.12, 0.185],
  [1.35, 0.16],
  [1.55, 0.24],
  [1.72, 0.55],
  [1.92, 0.95],
  [2.4, 1.3],
];

/** A head in profile, like a cameo: light from before it, hair like silk behind, eyes closed. */
export function createPortraitScene(context: SceneContext): Scene {
  const { palette, noise, field, aspect, traits } = context;
  const random = createRandom(context.seed ^ 0x629a292a);
  const side = random() < 0.5 ? -1 : 1;
  const size = between(random, 0.215, 0.245);
  const middleX = -side * between(random, 0.02, 0.09) * Math.min(aspect, 1.4);
  const headY = between(random, -0.11, -0.07);
  const warm = labOf({ l: between(random, 0.5, 0.78), c: 0.085, h: between(random, 42, 60) });
  const skin = mixLab(warm, palette.light, 0.12);
  const skinLit = mixLab(skin, palette.light, 0.78);
  const skinDark = mixLab(mixLab(skin, palette.dark, 0.72), palette.accent, 0.18);
  const hairDeep = mixLab(palette.dark, { l: 0.1, a: 0, b: 0 }, 0.35);
  const hairMid: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.22, hairMid);
  const hairTone = mixLab(mixLab(hairMid, palette.accent, 0.35), labOf({ l: 0.35, c: 0.06, h: 50 }), 0.35);
  const hairLit = mixLab(hairTone, palette.light, 0.5);
  const cloth = mixLab(palette.accent, palette.dark, 0.35);
  const clothLit = mixLab(palette.accent, palette.light, 0.3);
  const flowAway = between(random, 0.35, 0.9);
  const waves = between(random, 1.4, 2.6);
  const isLong = !traits.words.some((word) => ["man", "boy", "king", "knight", "warrior"].includes(word));
  const hasCrown = traits.words.some((word) =>
    ["queen", "king", "crown", "prince", "princess"].includes(word),
  );

  function shadeGround(x: number, y: number, out: Lab): void {
    const distance = Math.hypot(x - middleX - side * 0.24, (y - headY - 0.04) * 0.95);
    const cloud = noise.fractal(x * 2.1 + 5, y * 2.1, 4) * 0.34 + field(0, x, y) * 0.2;
    palette.sky.at(clamp(0.94 - distance * 1.1 + cloud, 0, 1), out);
    blendInto(out, palette.light, 0.5 * Math.exp(-distance * 5));
  }

  /** How far behind the middle the hair reaches at height `v`; nothing below its end. */
  function hairReach(u: number, v: number): number {
    if (v < -0.2) return 1.06 * Math.sqrt(Math.max(0, 1 - ((v + 0.1) / 1.14) ** 2));
    const drift = noise.fractal(v * 1.3 + 4, u * 0.6, 3) * 0.3;
    if (!isLong) return v > 0.55 ? 0 : 1.02 - Math.max(0, v) * 0.55 + drift * 0.3;
    return 1 + flowAway * smoothstep(-0.1, 1.9, v) + drift * smoothstep(-0.2, 0.8, v);
  }

  function shadeHair(u: number, v: number, out: Lab, cover: number): void {
    const across = u * 0.9 + v * 0.16 * flowAway + noise.at(u * 1.3, v * 1.3) * 0.28;
    const lock = Math.sin(
      (across + 0.22 * Math.sin(v * waves + u * 1.4)) * 11 + field(1, u * 0.3, v * 0.3) * 2.2,
    );
    const strand = noise.fractal(across * 16, v * 1.4, 3);
    const sheen = Math.exp(-(((v + 0.62 - u * 0.35) / 0.34) ** 2));
    const light = clamp(0.3 + lock * 0.27 + strand * 0.42 + sheen * 0.34 + u * 0.18, 0, 1);
    const tone =
      light < 0.5 ? mixLab(hairDeep, hairTone, light * 2) : mixLab(hairTone, hairLit, light * 2 - 1);
    blendInto(out, tone, cover);
  }

  function shadeSkin(u: number, v: number, front: number, out: Lab): void {
    const inward = front - u;
    let light = 0.82 - inward * 0.82 + noise.fractal(u * 3, v * 3, 3) * 0.1;
    light -= 0.34 * Math.exp(-(((u - 0.56) / 0.13) ** 2) - ((v + 0.02) / 0.1) ** 2);
    light += 0.14 * Math.exp(-(((u - 0.42) / 0.16) ** 2) - ((v - 0.3) / 0.16) ** 2);
    light -= 0.2 * Math.exp(-(((u - 0.5) / 0.16) ** 2) - ((v - 0.62) / 0.1) ** 2);
    light -= 0.5 * smoothstep(0.86, 1.1, v + (0.5 - u) * 0.32) * smoothstep(1.75, 1.25, v);
    const bounded = clamp(light, 0, 1);
    const tone = bounded < 0.5 ? mixLab(skinDark, skin, bounded * 2) : mixLab(skin, skinLit, bounded * 2 - 1);
    copyInto(out, tone);
    blendInto(
      out,
      labOf({ l: 0.62, c: 0.13, h: 22 }),
      0.24 * Math.exp(-(((u - 0.45) / 0.18) ** 2) - ((v - 0.34) / 0.15) ** 2),
    );
    blendInto(out, palette.light, 0.6 * smoothstep(0.055, 0, inward));
    shadeFeatures(u, v, front, out);
  }

  function shadeFeatures(u: number, v: number, front: number, out: Lab): void {
    const lips =
      smoothstep(0.2, 0.05, front - u) *
      (Math.exp(-(((v - 0.49) / 0.045) ** 2)) + Math.exp(-(((v - 0.595) / 0.05) ** 2)));
    blendInto(out, mixLab(labOf({ l: 0.5, c: 0.15, h: 18 }), palette.accent, 0.2), clamp(lips, 0, 1) * 0.72);
    blendInto(
      out,
      skinDark,
      0.7 * Math.exp(-(((v - 0.543) / 0.012) ** 2)) * smoothstep(0.19, 0.1, front - u),
    );
    blendInto(out, skinDark, 0.75 * Math.exp(-(((u - 0.82) / 0.035) ** 2) - ((v - 0.315) / 0.025) ** 2));
    const lash = 0.05 + 0.75 * (u - 0.6) ** 2;
    const eye = Math.exp(-(((v - lash) / 0.02) ** 2)) * smoothstep(0.44, 0.5, u) * smoothstep(0.75, 0.69, u);
    blendInto(out, hairDeep, eye * 0.9);
    const brow =
      Math.exp(-(((v + 0.155 - 0.5 * (u - 0.6) ** 2) / 0.028) ** 2)) *
      smoothstep(0.34, 0.46, u) *
      smoothstep(0.76, 0.68, u);
    blendInto(out, mixLab(hairDeep, hairTone, 0.4), brow * 0.75);
  }

  return {
    flow: (x, y) => {
      const u = ((x - middleX) * side) / size;
      const v = (y - headY) / size;
      const inHair = u < 0.3 && u > -hairReach(u, v);
      const angle = inHair
        ? Math.PI / 2 + side * (0.25 + 0.4 * Math.cos(v * waves + u))
        : field(2, x, y) * 1.6 + noise.at(x * 2, y * 2);
      return angle;
    },
    shade(x, y, out) {
      shadeGround(x, y, out);
      const u = ((x - middleX) * side) / size;
      const v = (y - headY) / size;
      const front = profileAt(v);
      const back = hairReach(u, v);
      if (isLong && u < 0.1 && u > -back && v > -0.2 && v < 2.6)
        shadeHair(u, v, out, smoothstep(-back, -back + 0.06, u));
      const nape = v < 1.1 ? -0.34 : -0.34 - smoothstep(1.1, 1.7, v) * 0.5 - Math.max(0, v - 1.35) * 1.7;
      if (v > -1.1 && u < front && u > nape && (v < 1.05 || u > nape)) {
        if (v > 1.62 + 0.22 * (u - 0.1) ** 2) {
          const folds = noise.fractal(u * 2.4, v * 2 + 3, 4);
          copyInto(
            out,
            mixLab(
              mixLab(cloth, palette.dark, 0.4),
              clothLit,
              clamp(0.42 + folds * 0.95 - (front - u) * 0.28, 0, 1),
            ),
          );
        } else shadeSkin(u, v, front, out);
        if (v > -0.2 && u < -0.02) blendInto(out, skinDark, 0.5 * smoothstep(0.1, -0.3, u));
      }
      const hairline =
        lerp(0.52, 0.06, smoothstep(-0.95, 0.2, v)) +
        noise.at(v * 4, 3) * 0.05 -
        smoothstep(0.2, 0.9, v) * 0.3;
      const over = Math.min(front + 0.05, hairline);
      const isHair = v > -1.24 && v < (isLong ? 1.5 : 0.55) && u < over && u > -back;
      const crownEdge = 1.2 * Math.sqrt(Math.max(0, 1 - ((v + 0.02) / 1.22) ** 2));
      if (isHair && (v > -0.2 || Math.abs(u) < crownEdge))
        shadeHair(u, v, out, smoothstep(over, over - 0.07, u) * 0.98);
      if (hasCrown) {
        const tilt = v + u * 0.22;
        if (tilt > -1.22 - 0.2 * Math.abs(Math.sin(u * 6.5)) && tilt < -0.92 && u > -0.62 && u < 0.52) {
          blendInto(
            out,
            mixLab(
              labOf({ l: 0.48, c: 0.1, h: 75 }),
              palette.light,
              clamp(0.45 + u * 0.5 + noise.at(u * 9, v * 9) * 0.5, 0, 1),
            ),
            0.95,
          );
        }
      }
    },
  };
}

/** How far the profile reaches forward at height `v`, on a smooth curve through its points. */
function profileAt(v: number): number {
  for (let index = 1; index < PROFILE.length; index += 1) {
    const [toV, toU] = PROFILE[index]!;
    if (v > toV) continue;
    const [fromV, fromU] = PROFILE[index - 1]!;
    if (v < fromV) return -2;
    const share = (v - fromV) / (toV - fromV);
    return lerp(fromU, toU, share * share * (3 - 2 * share) * 0.5 + share * 0.5);
  }
  return 1.3;
}
