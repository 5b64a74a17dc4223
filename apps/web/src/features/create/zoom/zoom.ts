/** How a picture lies in its stage: `scale` 1 fits it, `x` and `y` move its centre, in CSS pixels. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** A point from the centre of the stage, or a size of it, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const FITTED: Zoom = { scale: 1, x: 0, y: 0 };
export const MOST_ZOOM = 32;

/** The zoom at which what is under `point` stays there. */
export function zoomedTo(zoom: Zoom, scale: number, point: Point): Zoom {
  const next = Math.min(MOST_ZOOM, Math.max(1, scale));
  if (next === 1) return FITTED;
  const factor = next / zoom.scale;
  return { scale: next, x: point.x - (point.x - zoom.x) * factor, y: point.y - (point.y - zoom.y) * factor };
}

/** Moved by so much, but never so far that a stage of this size shows nothing of the picture. */
export function panned({ scale, x, y }: Zoom, by: Point, stage: Point): Zoom {
  const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  return {
    scale,
    x: within(x + by.x, ((scale - 1) * stage.x) / 2),
    y: within(y + by.y, ((scale - 1) * stage.y) / 2),
  };
}
