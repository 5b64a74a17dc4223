/** Wet paint: colour in OKLab and its thickness, one value a pixel, row by row. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly l: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** Thickness of the paint, about 0 to 1. */
  readonly relief: Float32Array;
}

export function createCanvas(width: number, height: number): Canvas {
  const size = width * height;
  return {
    width,
    height,
    l: new Float32Array(size),
    a: new Float32Array(size),
    b: new Float32Array(size),
    relief: new Float32Array(size),
  };
}
