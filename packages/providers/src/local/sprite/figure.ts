import type { Lch } from "../core/oklab.ts";
import type { Shape } from "./shapes.ts";

/** One part of a figure; later parts stand in front. */
export interface Part {
  readonly shape: Shape;
  readonly material: string;
  /** How far in from the outline the roundness reaches; 0 is flat. */
  readonly bulge: number;
  /** Adds to the light, -1 to 1. */
  readonly light?: number;
  /** Without a line towards the parts behind. */
  readonly seamless?: boolean;
}

/** What a surface is made of. `tones` 1 is one flat colour. */
export interface Material {
  readonly colour: Lch;
  readonly flat?: boolean;
  /** Gloss: how much lighter the lightest tone is. */
  readonly shine?: number;
}

/** A figure of parts in sprite coordinates. */
export interface Figure {
  readonly parts: readonly Part[];
  readonly materials: Readonly<Record<string, Material>>;
}

/** What an archetype draws with. */
export interface FigureBrief {
  readonly random: () => number;
  readonly has: (...words: readonly string[]) => boolean;
  /** Whether the prompt names a colour. */
  readonly isNamed: boolean;
  /** The prompt's colours, then ones of its own, in turn. */
  readonly colour: (index: number) => Lch;
}

export type Archetype = (brief: FigureBrief) => Figure;

export function part(material: string, shape: Shape, bulge = 0.22, options: Partial<Part> = {}): Part {
  return { material, shape, bulge, ...options };
}

const tone = (l: number, c: number, h: number): Lch => ({ l, c, h });

/** Surfaces that look the same in every figure. */
export const COMMON_MATERIALS = {
  steel: { colour: tone(0.68, 0.02, 250), shine: 0.25 },
  wood: { colour: tone(0.48, 0.08, 58) },
  gold: { colour: tone(0.76, 0.14, 85), shine: 0.18 },
  leather: { colour: tone(0.4, 0.07, 50) },
  bone: { colour: tone(0.88, 0.035, 90) },
  leaf: { colour: tone(0.58, 0.14, 140) },
  stone: { colour: tone(0.58, 0.015, 260) },
  glass: { colour: tone(0.84, 0.03, 215), shine: 0.12 },
  white: { colour: tone(0.97, 0.008, 95), flat: true },
  ink: { colour: tone(0.17, 0.03, 285), flat: true },
} as const satisfies Record<string, Material>;
