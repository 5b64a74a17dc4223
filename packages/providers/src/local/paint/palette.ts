import { clamp, lerp } from "../core/curves.ts";
import { hueDistance, labOf, type Lab, type Lch, lchOf, mixLab } from "../core/oklab.ts";
import { between, createRandom, type Random } from "../core/random.ts";
import type { PromptTraits } from "./read-prompt.ts";
import type { Mood } from "./vocabulary.ts";

/** A colour ramp, 0 to 1; `at` writes into `out`. */
export interface Ramp {
  at(position: number, out: Lab): void;
}

/** The colours of one painting. */
export interface Palette {
  /** Zenith (0) to horizon (1). */
  readonly sky: Ramp;
  /** Darkest (0) to lightest (1) of the ground and of solid things. */
  readonly ground: Ramp;
  /** Everything from the darkest shade to the brightest light; abstract layouts live in it. */
  readonly full: Ramp;
  /** The light: sun, glow, windows. */
  readonly light: Lab;
  readonly accent: Lab;
  readonly dark: Lab;
  /** 0 at night to 1 at noon. */
  readonly brightness: number;
}

interface Stops {
  /** Zenith, high, low, horizon. */
  readonly sky: readonly [Lch, Lch, Lch, Lch];
  /** Dark, middle, light. */
  readonly ground: readonly [Lch, Lch, Lch];
  readonly light: Lch;
  readonly brightness: number;
}

const lch = (l: number, c: number, h: number): Lch => ({ l, c, h });

const MOOD_STOPS: Readonly<Record<Mood, Stops>> = {
  dusk: {
    sky: [lch(0.29, 0.08, 275), lch(0.44, 0.11, 318), lch(0.66, 0.14, 30), lch(0.84, 0.13, 72)],
    ground: [lch(0.16, 0.035, 290), lch(0.34, 0.06, 315), lch(0.62, 0.1, 40)],
    light: lch(0.93, 0.1, 85),
    brightness: 0.45,
  },
  dawn: {
    sky: [lch(0.55, 0.08, 255), lch(0.7, 0.08, 300), lch(0.83, 0.09, 25), lch(0.93, 0.08, 75)],
    ground: [lch(0.26, 0.04, 265), lch(0.48, 0.06, 300), lch(0.76, 0.08, 50)],
    light: lch(0.97, 0.06, 92),
    brightness: 0.7,
  },
  golden: {
    sky: [lch(0.5, 0.07, 235), lch(0.66, 0.07, 200), lch(0.82, 0.1, 90), lch(0.91, 0.11, 82)],
    ground: [lch(0.22, 0.05, 80), lch(0.47, 0.1, 90), lch(0.77, 0.13, 86)],
    light: lch(0.96, 0.1, 92),
    brightness: 0.7,
  },
  day: {
    sky: [lch(0.5, 0.13, 252), lch(0.64, 0.12, 245), lch(0.8, 0.08, 230), lch(0.93, 0.04, 190)],
    ground: [lch(0.27, 0.06, 160), lch(0.52, 0.11, 140), lch(0.79, 0.11, 112)],
    light: lch(0.98, 0.05, 100),
    brightness: 0.9,
  },
  night: {
    sky: [lch(0.14, 0.05, 270), lch(0.2, 0.065, 265), lch(0.31, 0.08, 245), lch(0.46, 0.07, 220)],
    ground: [lch(0.09, 0.025, 270), lch(0.2, 0.04, 255), lch(0.4, 0.055, 230)],
    light: lch(0.94, 0.06, 95),
    brightness: 0.1,
  },
  storm: {
    sky: [lch(0.24, 0.03, 255), lch(0.38, 0.035, 240), lch(0.55, 0.035, 210), lch(0.78, 0.045, 110)],
    ground: [lch(0.14, 0.02, 240), lch(0.32, 0.035, 210), lch(0.6, 0.04, 150)],
    light: lch(0.93, 0.05, 105),
    brightness: 0.35,
  },
  mist: {
    sky: [lch(0.6, 0.045, 235), lch(0.7, 0.045, 215), lch(0.82, 0.04, 120), lch(0.91, 0.045, 90)],
    ground: [lch(0.28, 0.04, 220), lch(0.5, 0.045, 205), lch(0.76, 0.045, 130)],
    light: lch(0.97, 0.05, 95),
    brightness: 0.65,
  },
  winter: {
    sky: [lch(0.5, 0.07, 250), lch(0.66, 0.06, 245), lch(0.83, 0.045, 300), lch(0.93, 0.04, 50)],
    ground: [lch(0.3, 0.05, 255), lch(0.66, 0.05, 250), lch(0.95, 0.015, 235)],
    light: lch(0.98, 0.03, 85),
    brightness: 0.75,
  },
  autumn: {
    sky: [lch(0.48, 0.06, 240), lch(0.64, 0.05, 200), lch(0.82, 0.07, 85), lch(0.91, 0.08, 78)],
    ground: [lch(0.22, 0.06, 35), lch(0.5, 0.14, 48), lch(0.78, 0.15, 72)],
    light: lch(0.96, 0.09, 88),
    brightness: 0.65,
  },
};

/**
 * Colours for a prompt: the mood's, or a harmony of the prompt's own, pulled towards its colour words (the more, the
 * higher `adherence`, 0 to 1) and away from those of the negative prompt.
 */
export function createPalette(traits: PromptTraits, seed: number, adherence: number): Palette {
  const random = createRandom(seed ^ 0x5bd1e995);
  const [first, second] = traits.moods;
  const own = first === undefined ? harmony(random) : MOOD_STOPS[first];
  const base = second === undefined ? own : mixStops(own, MOOD_STOPS[second]);
  const strength = first === undefined ? 0.95 : 0.72;
  const pull = strength * lerp(0.72, 1, adherence);
  const [c1, c2, c3] = traits.colours;
  // Of two colours the warmer one is the light's, the cooler one the height's.
  const [low, high] =
    c1 !== undefined && c2 !== undefined && warmthOf(c2) > warmthOf(c1) ? [c2, c1] : [c1, c2 ?? c1];
  const shade = c3 ?? high;
  const several = c2 !== undefined;
  const finish = (colour: Lch, target: Lch | undefined, share: number): Lab => {
    const jittered = lch(colour.l, colour.c, colour.h + between(random, -7, 7));
    return avoid(pullTo(jittered, target, share * pull), traits.unwantedColours);
  };
  // One colour alone is the light's: a named mood keeps its own zenith and shadows.
  const skyShares = several
    ? [0.85, 0.7, 0.8, 0.9]
    : first === undefined
      ? [0.66, 0.7, 0.88, 0.9]
      : [0.22, 0.45, 0.85, 0.9];
  const sky = base.sky.map((stop, index) => finish(stop, index < 2 ? high : low, skyShares[index] ?? 0.8));
  const groundShares = several ? [0.6, 0.75, 0.8] : first === undefined ? [0.66, 0.7, 0.8] : [0.5, 0.55, 0.7];
  const ground = base.ground.map((stop, index) => finish(stop, shade, groundShares[index] ?? 0.6));
  const light = finish(base.light, low, 0.5);
  const accentHue = c3 ?? c2 ?? c1;
  const accent =
    accentHue === undefined
      ? labOf(lch(0.68, 0.16, (lchOf(light).h + between(random, 150, 215)) % 360))
      : labOf(lch(clamp(accentHue.l, 0.45, 0.8), Math.max(accentHue.c, 0.06), accentHue.h));
  const dark = ground[0] ?? labOf(base.ground[0]);
  const full = [
    mixLab(dark, { l: 0.06, a: 0, b: 0 }, 0.35),
    sky[0] ?? dark,
    mixLab(sky[1] ?? dark, ground[1] ?? dark, 0.35),
    sky[2] ?? light,
    sky[3] ?? light,
    light,
  ].sort((one, other) => one.l - other.l);
  return {
    sky: createRamp(sky),
    ground: createRamp(ground),
    full: createRamp(full),
    light,
    accent,
    dark,
    brightness: base.brightness,
  };
}

/** A ramp through evenly spaced colours. */
function createRamp(stops: readonly Readonly<Lab>[]): Ramp {
  const size = 256;
  const table = new Float32Array(size * 3);
  const last = stops.length - 1;
  for (let index = 0; index < size; index += 1) {
    const place = (index / (size - 1)) * last;
    const from = Math.min(Math.floor(place), Math.max(0, last - 1));
    const one = stops[from] ?? { l: 0, a: 0, b: 0 };
    const mixed = mixLab(one, stops[from + 1] ?? one, place - from);
    table.set([mixed.l, mixed.a, mixed.b], index * 3);
  }
  return {
    at(position, out) {
      const index = ((position < 0 ? 0 : position > 1 ? 1 : position) * (size - 1) + 0.5) | 0;
      out.l = table[index * 3] ?? 0;
      out.a = table[index * 3 + 1] ?? 0;
      out.b = table[index * 3 + 2] ?? 0;
    },
  };
}

/** Colours that go together, for a prompt that names no mood: one hue, a neighbour and a far one. */
function harmony(random: Random): Stops {
  const hue = random() * 360;
  const turn = between(random, 25, 70) * (random() < 0.5 ? -1 : 1);
  const far = hue + 180 + between(random, -35, 35);
  const bright = between(random, 0.25, 0.8);
  const chroma = between(random, 0.09, 0.15);
  return {
    sky: [
      lch(lerp(0.2, 0.5, bright), chroma * 0.7, hue - turn * 0.4),
      lch(lerp(0.36, 0.62, bright), chroma, hue),
      lch(lerp(0.6, 0.78, bright), chroma, hue + turn),
      lch(lerp(0.82, 0.92, bright), chroma * 0.7, hue + turn * 1.6),
    ],
    ground: [
      lch(lerp(0.13, 0.24, bright), chroma * 0.45, hue - turn),
      lch(lerp(0.32, 0.5, bright), chroma * 0.8, hue - turn * 0.6),
      lch(lerp(0.62, 0.78, bright), chroma * 0.9, far),
    ],
    light: lch(0.95, 0.06, hueTowards(hue + turn * 1.6, 88, 0.5)),
    brightness: bright,
  };
}

function mixStops(one: Stops, other: Stops): Stops {
  const mix = (from: Lch, to: Lch): Lch => lchOf(mixLab(labOf(from), labOf(to), 0.4));
  const [s0, s1, s2, s3] = one.sky;
  const [o0, o1, o2, o3] = other.sky;
  const [g0, g1, g2] = one.ground;
  const [p0, p1, p2] = other.ground;
  return {
    sky: [mix(s0, o0), mix(s1, o1), mix(s2, o2), mix(s3, o3)],
    ground: [mix(g0, p0), mix(g1, p1), mix(g2, p2)],
    light: mix(one.light, other.light),
    brightness: lerp(one.brightness, other.brightness, 0.4),
  };
}

/** -1 for cold blues to 1 for warm oranges; greys lie between. */
function warmthOf({ c, h }: Lch): number {
  return Math.min(1, c / 0.05) * Math.cos(((h - 62) * Math.PI) / 180);
}

function hueTowards(from: number, to: number, share: number): number {
  return from + hueDistance(from, to) * share;
}

/** `colour` at its own lightness in the family of `target`: shades drift to blue, lights to yellow, as paint does. */
function pullTo(colour: Lch, target: Lch | undefined, share: number): Lab {
  const own = labOf(colour);
  if (target === undefined) return own;
  const offset = colour.l - target.l;
  const hue = hueTowards(
    target.h,
    offset < 0 ? 275 : 95,
    Math.min(0.3, Math.abs(offset) * (target.c < 0.03 ? 0 : 0.42)),
  );
  // A pale colour's shade is a full one: lavender darkens to violet, not to grey.
  const depth = offset < 0 && target.c > 0.05 ? 1 - offset * 1.2 : 1;
  const chroma = Math.min(0.19, target.c * depth * clamp(1 - Math.abs(offset) * 0.75, 0.3, 1));
  const family = labOf(lch(lerp(colour.l, target.l, 0.28), chroma, hue));
  return mixLab(own, family, share);
}

/** Turns a colour away from hues that are not wanted, and greys what is left of them. */
function avoid(colour: Lab, unwanted: readonly Lch[]): Lab {
  let current = lchOf(colour);
  for (const bad of unwanted) {
    const distance = hueDistance(bad.h, current.h);
    const near = clamp(1 - Math.abs(distance) / 75, 0, 1);
    if (near === 0 || bad.c < 0.03) continue;
    const turn = (distance < 0 ? -1 : 1) * near * 85;
    current = lch(current.l, current.c * (1 - 0.35 * near), current.h + turn);
  }
  return labOf(current);
}
