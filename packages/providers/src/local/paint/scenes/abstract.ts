import { clamp, smoothstep } from "../../core/curves.ts";
import { blendInto, type Lab } from "../../core/oklab.ts";
import { between, createRandom } from "../../core/random.ts";
import type { Scene, SceneContext } from "../scene.ts";

/**
 * No scene at all: the pattern network itself, folded like silk, in the painting's whole ramp. What the seed chooses
 * is how it folds and where it is lit.
 */
export function createAbstractScene(context: SceneContext): Scene {
  const { palette, noise, aspect, field } = context;
  const random = createRandom(context.seed ^ 0x0b4711f3);
  const folds = between(random, 1.1, 2.6);
  const warp = between(random, 0.22, 0.5);
  const grain = between(random, 0.7, 1.5);
  const turn = random() * Math.PI * 2;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const focusX = between(random, -0.25, 0.25) * aspect;
  const focusY = between(random, -0.2, 0.2);
  const offset = random() * 40;
  const silk = random();
  const accentAt = between(random, 0.35, 0.6);

  const height = (x: number, y: number): number => {
    const wx = x + warp * (field(1, x, y) * 0.6 + noise.fractal(x * grain + offset, y * grain, 3));
    const wy = y + warp * (field(2, x, y) * 0.6 + noise.fractal(x * grain + 7, y * grain + offset, 3));
    const along = wx * cos + wy * sin;
    const across = wy * cos - wx * sin;
    const wave = Math.sin(
      along * folds * 3.1 + field(0, x, y) * 2.6 + noise.at(across * 2, along) * silk * 2,
    );
    return wave * 0.5 + field(3, x, y) * 0.55 + noise.fractal(wx * 2.2 * grain, wy * 2.2 * grain, 4) * 0.4;
  };

  return {
    flow: (x, y) => turn + Math.PI / 2 + field(2, x, y) * 1.6 + noise.at(x * 2 + 3, y * 2) * 0.9,
    shade(x, y, out: Lab) {
      const here = height(x, y);
      const step = 0.012;
      const slopeX = height(x + step, y) - here;
      const slopeY = height(x, y + step) - here;
      const relief = clamp((-slopeX * 0.6 - slopeY * 0.8) * 7, -0.5, 0.5);
      const focus = Math.exp(-2.4 * ((x - focusX) ** 2 + (y - focusY) ** 2));
      const tone = 0.3 + here * 0.26 + relief * 0.42 + focus * 0.3 + field(4, x, y) * 0.1;
      palette.full.at(clamp(tone, 0.02, 1), out);
      const vein = smoothstep(
        accentAt,
        accentAt + 0.5,
        field(5, x, y) + noise.at(x * 2.3, y * 2.3 + 9) * 0.4,
      );
      blendInto(
        out,
        { ...palette.accent, l: clamp(out.l * 0.6 + palette.accent.l * 0.4, 0, 1) },
        vein * 0.62,
      );
      const crest = smoothstep(0.16, 0.42, relief) * focus;
      blendInto(out, palette.light, crest * 0.6);
    },
  };
}
