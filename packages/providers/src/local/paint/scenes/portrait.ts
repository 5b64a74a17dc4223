import { clamp, smoothstep } from "../../core/curves.ts";
import { blendInto, mixLab, type Lab, labOf } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Scene, SceneContext } from "../scene.ts";

/** A head and shoulders in light from one side, loosely set down before a glowing ground. */
export function createPortraitScene(context: SceneContext): Scene {
  const { palette, noise, traits, field } = context;
  const random = createRandom(context.seed ^ 0x629a292a);
  const side = random() < 0.5 ? -1 : 1;
  const middleX = between(random, -0.06, 0.06);
  const headY = between(random, -0.1, -0.06);
  const size = between(random, 0.185, 0.21);
  const tone = random();
  const skin = mixLab(labOf({ l: 0.52 + 0.3 * tone, c: 0.075, h: 52 }), palette.light, 0.18);
  const skinDark = mixLab(mixLab(skin, palette.dark, 0.62), palette.accent, 0.12);
  const skinLit = mixLab(skin, palette.light, 0.55);
  const hair = mixLab(
    labOf({ l: between(random, 0.14, 0.5), c: 0.05, h: between(random, 30, 75) }),
    palette.dark,
    0.4,
  );
  const hairLit = mixLab(hair, palette.light, 0.38);
  const clothDark = mixLab(palette.accent, palette.dark, 0.72);
  const clothLit = mixLab(palette.accent, palette.light, 0.2);
  const hairLength = between(random, 0.6, 2.1);
  const volume = between(random, 1.16, 1.34);
  const hasCrown = traits.words.some((word) => ["queen", "king", "crown"].includes(word));

  function shadeGround(x: number, y: number, out: Lab): void {
    const distance = Math.hypot(x - middleX + side * 0.12, (y - headY) * 0.9);
    const cloud = noise.fractal(x * 2.4 + 5, y * 2.4, 4) * 0.3 + field(0, x, y) * 0.16;
    palette.sky.at(clamp(0.86 - distance * 1.15 + cloud, 0, 1), out);
    blendInto(out, palette.light, 0.3 * Math.exp(-distance * 4.5));
  }

  function shadeHair(u: number, v: number, out: Lab, isFront: boolean): void {
    const strand = noise.fractal(u * 9 + v * 2.2, v * 2.6 - u * 3, 4);
    const lit = clamp(0.3 + u * side * 0.5 - v * 0.2 + strand * 0.9, 0, 1);
    blendInto(out, mixLab(hair, hairLit, lit * (isFront ? 1 : 0.65)), 0.95);
  }

  function shadeFace(u: number, v: number, out: Lab): void {
    const turned = u - side * 0.12;
    let light = 0.52 + u * side * 0.62 - v * 0.05 + noise.fractal(u * 4, v * 4, 3) * 0.1;
    // The planes: brow, sockets, nose, cheeks, lips, chin.
    const socket = (centre: number): number =>
      Math.exp(-(((turned - centre) / 0.2) ** 2) - ((v + 0.04) / 0.1) ** 2);
    light -= 0.42 * (socket(-0.36) + socket(0.36));
    const nose =
      Math.exp(-(((turned - side * 0.03) / 0.075) ** 2)) * smoothstep(-0.2, 0, v) * smoothstep(0.42, 0.3, v);
    light += 0.2 * nose;
    light -=
      0.3 *
      Math.exp(-(((turned + side * 0.13) / 0.07) ** 2)) *
      smoothstep(-0.1, 0.15, v) *
      smoothstep(0.42, 0.34, v);
    light -= 0.24 * Math.exp(-((turned / 0.16) ** 2) - ((v - 0.42) / 0.05) ** 2);
    light += 0.16 * Math.exp(-(((turned - side * 0.34) / 0.2) ** 2) - ((v - 0.24) / 0.16) ** 2);
    light -= 0.28 * smoothstep(0.72, 1.02, v);
    const colour =
      light < 0.5
        ? mixLab(skinDark, skin, clamp(light * 2, 0, 1))
        : mixLab(skin, skinLit, clamp(light * 2 - 1, 0, 1));
    blendInto(out, colour, 0.97);
    const cheek = Math.exp(-(((Math.abs(turned) - 0.42) / 0.2) ** 2) - ((v - 0.3) / 0.17) ** 2);
    blendInto(out, labOf({ l: 0.6, c: 0.13, h: 25 }), cheek * 0.2);
    const lip = Math.exp(-((turned / 0.2) ** 4) - ((v - 0.58) / 0.05) ** 2);
    blendInto(out, mixLab(labOf({ l: 0.46, c: 0.13, h: 18 }), skinDark, 0.25), lip * 0.8);
    for (const centre of [-0.36, 0.36]) {
      const eyeU = (turned - centre) / 0.15;
      const eyeV = (v + 0.02) / 0.05;
      const eye = eyeU * eyeU + eyeV * eyeV;
      if (eye < 1) blendInto(out, mixLab({ l: 0.86, a: 0, b: 0.01 }, skinDark, 0.45), 0.85);
      if (eyeU * eyeU * 6 + eyeV * eyeV * 0.9 < 1)
        blendInto(out, mixLab(palette.dark, palette.accent, 0.25), 0.92);
      const lid =
        Math.exp(-(((v + 0.075 + eyeU * eyeU * 0.03) / 0.022) ** 2)) * smoothstep(1.35, 1, Math.abs(eyeU));
      blendInto(out, mixLab(palette.dark, hair, 0.5), lid * 0.85);
      const brow =
        Math.exp(-(((v + 0.24 + eyeU * eyeU * 0.045) / 0.035) ** 2)) * smoothstep(1.6, 1.1, Math.abs(eyeU));
      blendInto(out, hair, brow * 0.75);
    }
  }

  return {
    flow: (x, y) => {
      const u = (x - middleX) / size;
      const v = (y - headY) / size;
      if (Math.hypot(u, v) < 2) return Math.atan2(v, u) + Math.PI / 2 + noise.at(x * 6, y * 6) * 0.5;
      return field(2, x, y) * 1.4 + noise.at(x * 2, y * 2) * 0.8;
    },
    shade(x, y, out) {
      shadeGround(x, y, out);
      const u = (x - middleX) / size;
      const v = (y - headY) / size;
      const wave = noise.fractal(u * 1.8 + 9, v * 1.8, 3) * 0.16;
      const hairSide = volume * (v < 0 ? Math.sqrt(Math.max(0, 1 - (v / 1.42) ** 2)) : 1 + v * 0.04) + wave;
      if (v > -1.45 && v < hairLength && Math.abs(u) < hairSide) shadeHair(u, v, out, false);
      const slope = 1.32 + 0.5 * Math.min(1.3, Math.abs(u)) ** 1.7 + noise.at(u * 3, 4) * 0.05;
      if (Math.abs(u) < 0.42 + Math.max(0, v - 1.1) * 0.3 && v > 0.7 && v < 1.75) {
        blendInto(out, mixLab(skinDark, skin, clamp(0.1 + u * side * 0.8 + (v - 1.15) * 0.5, 0, 0.8)), 0.96);
      }
      if (v > slope + 0.16 * (1 - Math.min(1, Math.abs(u) * 1.3))) {
        const folds = noise.fractal(u * 2.2, v * 1.4 + 3, 4);
        blendInto(
          out,
          mixLab(clothDark, clothLit, clamp(0.38 + u * side * 0.22 + folds * 0.95 - (v - slope) * 0.2, 0, 1)),
          0.97,
        );
      }
      const jaw =
        v > 0.25
          ? 0.84 - 0.5 * ((v - 0.25) / 0.85) ** 2
          : 0.84 * Math.sqrt(Math.max(0, 1 - ((v - 0.25) / 1.42) ** 2));
      if (v > -1.1 && v < 1.1 && Math.abs(u) < jaw) shadeFace(u, v, out);
      const fringe = -0.5 + 0.55 * Math.abs(u - side * 0.25) ** 1.6 + noise.at(u * 5, 2) * 0.1;
      if (v > -1.42 && v < fringe && Math.abs(u) < hairSide) shadeHair(u, v, out, true);
      if (hasCrown && v > -1.62 - 0.2 * Math.abs(Math.sin(u * 7)) && v < -1.12 && Math.abs(u) < 0.86) {
        blendInto(
          out,
          mixLab(
            labOf({ l: 0.5, c: 0.1, h: 75 }),
            palette.light,
            clamp(0.4 + u * side * 0.5 + noise.at(u * 9, v * 9) * 0.4, 0, 1),
          ),
          0.95,
        );
      }
    },
  };
}
