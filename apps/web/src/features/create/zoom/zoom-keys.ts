import { FITTED, panned, type Point, type Zoom, zoomedTo } from "./zoom.ts";

const STEP = 1.5;
const PAN_PX = 80;
const CENTRE: Point = { x: 0, y: 0 };
const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: PAN_PX, y: 0 },
  ArrowRight: { x: -PAN_PX, y: 0 },
  ArrowUp: { x: 0, y: PAN_PX },
  ArrowDown: { x: 0, y: -PAN_PX },
};

/** What a key does to a zoom: `+`, `-`, `0`, and the arrows with shift; `undefined` when it means nothing here. */
export function zoomOfKey(
  event: { readonly key: string; readonly shiftKey: boolean },
  stage: Point,
): ((zoom: Zoom) => Zoom) | undefined {
  if (event.key === "+" || event.key === "=") return (zoom) => zoomedTo(zoom, zoom.scale * STEP, CENTRE);
  if (event.key === "-" || event.key === "_") {
    return (zoom) => panned(zoomedTo(zoom, zoom.scale / STEP, CENTRE), CENTRE, stage);
  }
  if (event.key === "0") return () => FITTED;
  const direction = event.shiftKey ? DIRECTIONS[event.key] : undefined;
  return direction === undefined ? undefined : (zoom) => panned(zoom, direction, stage);
}
