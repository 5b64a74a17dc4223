/**
 * Signed distance to an outline, negative inside. Sprite coordinates: x from -1 (left) to 1, y from -1 (top) to 1. Good
 * near the outline, which is what shading and outlines need.
 */
export type Shape = (x: number, y: number) => number;

export function ellipse(cx: number, cy: number, rx: number, ry: number): Shape {
  const scale = Math.min(rx, ry);
  return (x, y) => (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * scale;
}

export function box(cx: number, cy: number, halfX: number, halfY: number, round = 0): Shape {
  return (x, y) => {
    const dx = Math.abs(x - cx) - halfX + round;
    const dy = Math.abs(y - cy) - halfY + round;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
  };
}

/** A line with round ends that may grow thicker or thinner. */
export function limb(x1: number, y1: number, x2: number, y2: number, r1: number, r2 = r1): Shape {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const length = dx * dx + dy * dy || 1;
  return (x, y) => {
    const share = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
    return Math.hypot(x - x1 - dx * share, y - y1 - dy * share) - (r1 + (r2 - r1) * share);
  };
}

/** A polygon, given as x and y in turn. */
export function polygon(...coordinates: readonly number[]): Shape {
  const count = coordinates.length / 2;
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    for (let index = 0, before = count - 1; index < count; before = index, index += 1) {
      const ax = coordinates[index * 2]!;
      const ay = coordinates[index * 2 + 1]!;
      const bx = coordinates[before * 2]!;
      const by = coordinates[before * 2 + 1]!;
      const ex = bx - ax;
      const ey = by - ay;
      const share = Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey || 1)));
      nearest = Math.min(nearest, Math.hypot(x - ax - ex * share, y - ay - ey * share));
      if (ay > y !== by > y && x < (ex * (y - ay)) / ey + ax) inside = !inside;
    }
    return inside ? -nearest : nearest;
  };
}

export function union(...shapes: readonly Shape[]): Shape {
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const shape of shapes) nearest = Math.min(nearest, shape(x, y));
    return nearest;
  };
}

export function cut(shape: Shape, hole: Shape): Shape {
  return (x, y) => Math.max(shape(x, y), -hole(x, y));
}

export function overlap(one: Shape, other: Shape): Shape {
  return (x, y) => Math.max(one(x, y), other(x, y));
}

/** The shape and its mirror image. */
export function mirrored(shape: Shape): Shape {
  return (x, y) => Math.min(shape(x, y), shape(-x, y));
}
