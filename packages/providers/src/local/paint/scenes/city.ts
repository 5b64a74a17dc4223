import { clamp, lerp, smoothstep } from "../../core/curves.ts";
import { blendInto, copyInto, mixLab, type Lab } from "../../core/oklab.ts";
import { between, createRandom, hashPoint } from "../../core/random.ts";
import type { Scene, SceneContext } from "../scene.ts";
import { createSky } from "./sky.ts";

const ROWS = 4;

/** Rows of towers in haze, windows that are lit in the dark, and wet ground that mirrors them. */
export function createCityScene(context: SceneContext): Scene {
  const { palette, noise, aspect, seed } = context;
  const random = createRandom(seed ^ 0x5be0cd19);
  const street = between(random, 0.24, 0.32);
  const sky = createSky(context, street - 0.05);
  const air: Lab = { l: 0, a: 0, b: 0 };
  palette.sky.at(0.88, air);
  const wallLit: Lab = { l: 0, a: 0, b: 0 };
  palette.ground.at(0.55, wallLit);
  const lamps = 1 - smoothstep(0.35, 0.85, palette.brightness);
  const centre = between(random, -0.2, 0.2) * aspect;
  const neon = mixLab(palette.accent, palette.light, 0.25);

  function shadeRow(row: number, x: number, y: number, out: Lab): boolean {
    const depth = row / (ROWS - 1);
    const spacing = lerp(0.045, 0.14, depth);
    const shifted = x + row * 0.037;
    const cell = Math.floor(shifted / spacing);
    const tall = Math.exp(-(((cell * spacing - centre) / (0.32 * aspect)) ** 2));
    const height =
      lerp(0.18, 0.2, depth) + hashPoint(cell, row, seed) ** 2 * lerp(0.42, 0.34, depth) * (0.35 + tall);
    const top = street - height * lerp(0.95, 1.1, depth);
    const inset = (shifted / spacing - cell - 0.5) * 2;
    const width = lerp(0.72, 0.97, hashPoint(cell, row + 20, seed));
    const hasSpire = hashPoint(cell, row + 40, seed) > 0.78;
    const isSpire = hasSpire && Math.abs(inset) < 0.035 && y > top - 0.07 && y <= top;
    const isStep =
      hashPoint(cell, row + 60, seed) > 0.5 && Math.abs(inset) > width * 0.66 && y < top + height * 0.22;
    if (y > street || (!isSpire && (y < top || Math.abs(inset) > width || isStep))) return false;
    const side = sky.lightX > x ? 1 : -1;
    const facing = clamp(0.35 + inset * side * 0.5 + noise.fractal(x * 8, y * 5 + row, 3) * 0.3, 0, 1);
    copyInto(
      out,
      mixLab(mixLab(palette.dark, wallLit, 0.12), wallLit, facing * lerp(0.3, 0.75, palette.brightness)),
    );
    if (!isSpire) shadeWindows(row, cell, inset / width, y, out);
    const haze =
      lerp(0.68, 0.02, depth ** 0.7) + 0.34 * smoothstep(street - 0.16, street, y) * (1 - depth * 0.6);
    blendInto(out, air, clamp(haze, 0, 0.85));
    return true;
  }

  function shadeWindows(row: number, cell: number, inset: number, y: number, out: Lab): void {
    const columns = 3 + Math.floor(hashPoint(cell, row + 80, seed) * 4);
    const u = (inset + 1) * 0.5 * columns;
    const v = y / lerp(0.011, 0.02, row / (ROWS - 1));
    const column = Math.floor(u);
    const floor = Math.floor(v);
    const isPane = u - column > 0.24 && u - column < 0.8 && v - floor > 0.25 && v - floor < 0.78;
    if (!isPane) return;
    const chance = hashPoint(cell * 31 + column, floor, seed ^ row);
    if (chance < 0.16 + 0.4 * lamps) {
      blendInto(out, chance < 0.05 ? neon : palette.light, (0.3 + 0.65 * lamps) * (0.5 + 0.5 * chance));
    } else blendInto(out, palette.dark, 0.32);
  }

  function shadeTowers(x: number, y: number, out: Lab): void {
    for (let row = ROWS - 1; row >= 0; row -= 1) if (shadeRow(row, x, y, out)) return;
    sky.shade(x, y, out);
  }

  return {
    flecks: sky.flecks,
    flow: (x, y) => (y > street ? 0 : y > street - 0.3 ? Math.PI / 2 : context.field(2, x, y) * 0.8),
    shade(x, y, out) {
      if (y <= street) {
        shadeTowers(x, y, out);
        return;
      }
      const depth = (y - street) / (0.5 - street);
      const ripple = noise.fractal(x * 7, (y * 60) / (0.7 + depth), 3);
      shadeTowers(
        x + ripple * 0.03 * (0.15 + depth),
        street - 0.004 - (y - street) * 1.25 - Math.abs(ripple) * 0.03,
        out,
      );
      blendInto(out, palette.dark, 0.26 + 0.3 * depth);
      const streak = smoothstep(0.1, 0.5, noise.fractal(x * 12, y * 3, 3)) * (1 - depth);
      blendInto(out, palette.light, 0.3 * streak * (0.3 + lamps) * smoothstep(0, 0.08, depth));
      blendInto(out, neon, 0.22 * lamps * smoothstep(0.15, 0.5, noise.fractal(x * 5 + 9, y * 4, 3)));
    },
  };
}
