import type { Noise } from "../core/noise.ts";
import type { Lab } from "../core/oklab.ts";
import type { Palette } from "./palette.ts";
import type { PatternField } from "./pattern-network.ts";
import type { PromptTraits } from "./read-prompt.ts";

/** What a scene is made from. */
export interface SceneContext {
  /** Width over height. */
  readonly aspect: number;
  readonly seed: number;
  readonly traits: PromptTraits;
  readonly palette: Palette;
  readonly noise: Noise;
  /** The pattern network, in scene coordinates. */
  readonly field: (channel: number, x: number, y: number) => number;
}

/** A touch of paint that goes on last: a star, a lit window, a petal. Sizes in picture heights. */
export interface Fleck {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: Readonly<Lab>;
  /** 0 to 1. */
  readonly opacity: number;
  /** Width over height of the touch; 1 when absent. */
  readonly stretch?: number;
}

/** What is to be painted. `x` runs from -aspect/2 to aspect/2, `y` from -0.5 (top) to 0.5 (bottom). */
export interface Scene {
  /** Writes the colour at a point. */
  shade(x: number, y: number, out: Lab): void;
  /** Direction of the brush where no edge decides, in radians. */
  flow(x: number, y: number): number;
  readonly flecks?: readonly Fleck[];
}

/** The field of a network in scene coordinates. */
export function fieldOf(field: PatternField, aspect: number): SceneContext["field"] {
  return (channel, x, y) => field.at(channel, x / aspect + 0.5, y + 0.5);
}
