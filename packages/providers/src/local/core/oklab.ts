/** A colour as lightness (0 to 1), chroma (0 to about 0.3) and hue (degrees) in OKLab, by Björn Ottosson's matrices. */
export interface Lch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

/** Lightness and the two colour axes of OKLab. Mixing in it looks like mixing paint. */
export interface Lab {
  l: number;
  a: number;
  b: number;
}

export function labOf({ l, c, h }: Lch): Lab {
  const angle = (h * Math.PI) / 180;
  return { l, a: c * Math.cos(angle), b: c * Math.sin(angle) };
}

export function lchOf({ l, a, b }: Readonly<Lab>): Lch {
  return { l, c: Math.hypot(a, b), h: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360 };
}

export function mixLab(from: Readonly<Lab>, to: Readonly<Lab>, share: number): Lab {
  return {
    l: from.l + (to.l - from.l) * share,
    a: from.a + (to.a - from.a) * share,
    b: from.b + (to.b - from.b) * share,
  };
}

/** Moves `out` towards `to` in place. */
export function blendInto(out: Lab, to: Readonly<Lab>, share: number): void {
  out.l += (to.l - out.l) * share;
  out.a += (to.a - out.a) * share;
  out.b += (to.b - out.b) * share;
}

export function copyInto(out: Lab, from: Readonly<Lab>): void {
  out.l = from.l;
  out.a = from.a;
  out.b = from.b;
}

const GAMMA_STEPS = 4096;
const gammaTable = new Uint8Array(GAMMA_STEPS + 1);
for (let index = 0; index <= GAMMA_STEPS; index += 1) {
  const linear = index / GAMMA_STEPS;
  const encoded = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  gammaTable[index] = Math.round(encoded * 255);
}

function encode(linear: number): number {
  const bounded = linear < 0 ? 0 : linear > 1 ? 1 : linear;
  return gammaTable[(bounded * GAMMA_STEPS + 0.5) | 0] ?? 0;
}

/** Writes a colour as three sRGB bytes; one that sRGB cannot show is cut to its edge. */
export function writeSrgb(l: number, a: number, b: number, bytes: Uint8Array, offset: number): void {
  const long = l + 0.3963377774 * a + 0.2158037573 * b;
  const medium = l - 0.1055613458 * a - 0.0638541728 * b;
  const short = l - 0.0894841775 * a - 1.291485548 * b;
  const long3 = long * long * long;
  const medium3 = medium * medium * medium;
  const short3 = short * short * short;
  bytes[offset] = encode(4.0767416621 * long3 - 3.3077115913 * medium3 + 0.2309699292 * short3);
  bytes[offset + 1] = encode(-1.2684380046 * long3 + 2.6097574011 * medium3 - 0.3413193965 * short3);
  bytes[offset + 2] = encode(-0.0041960863 * long3 - 0.7034186147 * medium3 + 1.707614701 * short3);
}

/** Shortest way round from one hue to another, in degrees from -180 to 180. */
export function hueDistance(from: number, to: number): number {
  return ((((to - from) % 360) + 540) % 360) - 180;
}
