import { clamp, lerp } from "../core/curves.ts";
import { hueDistance, labOf, type Lch, writeSrgb } from "../core/oklab.ts";
import type { Material } from "./figure.ts";

/** The colours of one material from dark to light, three bytes each, and its own outline colour. */
export interface Tones {
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** Shares a palette of `colours` among materials: flat ones take one, the rest as many as there are, at most five. */
export function toneCounts(
  materials: Readonly<Record<string, Material>>,
  colours: number,
): ReadonlyMap<string, number> {
  const names = Object.keys(materials);
  const flat = names.filter((name) => materials[name]?.flat === true);
  const shaded = names.filter((name) => materials[name]?.flat !== true);
  // One colour is the outline's.
  const free = Math.max(shaded.length, colours - 1 - flat.length);
  const counts = new Map(flat.map((name) => [name, 1]));
  for (const [index, name] of shaded.entries()) {
    const extra = index < free % shaded.length ? 1 : 0;
    counts.set(name, clamp(Math.floor(free / shaded.length) + extra, 1, 5));
  }
  return counts;
}

/** A ramp that turns cool in the shade and warm in the light. */
export function tonesOf(material: Material, count: number): Tones {
  const bytes = new Uint8Array(count * 3);
  for (let index = 0; index < count; index += 1) {
    const place = count === 1 ? 0.5 : index / (count - 1);
    const { l, a, b } = labOf(shiftedTone(material, place));
    writeSrgb(l, a, b, bytes, index * 3);
  }
  return { count, bytes };
}

function shiftedTone({ colour, shine = 0, flat = false }: Material, place: number): Lch {
  if (flat) return colour;
  const low = Math.max(0.16, colour.l * 0.52);
  const high = Math.min(0.97, colour.l * 1.12 + 0.09 + shine);
  const l = place < 0.55 ? lerp(low, colour.l, place / 0.55) : lerp(colour.l, high, (place - 0.55) / 0.45);
  const target = place < 0.5 ? 285 : 95;
  const turn = clamp(hueDistance(colour.h, target), -34, 34) * Math.abs(place - 0.5) * 0.9;
  const c = colour.c * (1 - Math.abs(place - 0.5) * (place > 0.5 ? 0.7 : 0.15));
  return { l, c, h: colour.h + turn };
}
