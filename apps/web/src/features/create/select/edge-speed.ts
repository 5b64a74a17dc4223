/** How near the edge scrolling begins, in CSS pixels. */
const ZONE = 48;
/** At the edge itself; as much again for every zone beyond it, up to four times, in CSS pixels a second. */
const SPEED = 700;

/** How fast a list scrolls while something is drawn to the edge of its window: negative upwards, 0 away from the edges. */
export function edgeSpeed(
  y: number,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): number {
  const above = top + ZONE - y;
  const below = y - (bottom - ZONE);
  if (above <= 0 && below <= 0) return 0;
  const near = Math.min(4, Math.max(above, below) / ZONE);
  return above > below ? -SPEED * near : SPEED * near;
}
