import { type RefObject, useEffect } from "react";
import { FITTED, panned, type Point, type Zoom, zoomedTo } from "./zoom.ts";

type Change = (change: (zoom: Zoom) => Zoom) => void;

/** How much a notch of the wheel, or a pixel of a touchpad, zooms. */
const WHEEL_RATE = 0.0022;
const DOUBLE_CLICK_SCALE = 3;

/** Wheel, drag, pinch and double click on a stage. A pointer that leaves the stage keeps its drag. */
export function useZoomGestures(stage: RefObject<HTMLElement | null>, change: Change): void {
  useEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const pointers = new Map<number, Point>();

    const fromCentre = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
      const box = element.getBoundingClientRect();
      return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
    };
    const size = (): Point => ({ x: element.clientWidth, y: element.clientHeight });

    function onWheel(event: WheelEvent): void {
      event.preventDefault();
      const point = fromCentre(event);
      const factor = Math.exp(-event.deltaY * WHEEL_RATE * (event.deltaMode === 1 ? 16 : 1));
      change((zoom) => panned(zoomedTo(zoom, zoom.scale * factor, point), { x: 0, y: 0 }, size()));
    }
    function onPointerDown(event: PointerEvent): void {
      if (event.button !== 0 || !isOnPicture(event.target)) return;
      element?.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, fromCentre(event));
    }
    function onPointerMove(event: PointerEvent): void {
      const before = pointers.get(event.pointerId);
      if (before === undefined) return;
      const now = fromCentre(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      if (other === undefined) {
        change((zoom) => panned(zoom, { x: now.x - before.x, y: now.y - before.y }, size()));
        return;
      }
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      const spread = distance(now, other) / Math.max(1, distance(before, other));
      change((zoom) => panned(zoomedTo(zoom, zoom.scale * spread, middle), { x: 0, y: 0 }, size()));
    }
    function onPointerEnd(event: PointerEvent): void {
      pointers.delete(event.pointerId);
    }
    function onDoubleClick(event: MouseEvent): void {
      if (!isOnPicture(event.target)) return;
      const point = fromCentre(event);
      change((zoom) => (zoom.scale > 1 ? FITTED : zoomedTo(zoom, DOUBLE_CLICK_SCALE, point)));
    }

    // The wheel must be told not to scroll, which only a listener of our own can.
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointerdown", onPointerDown);
    element.addEventListener("pointermove", onPointerMove);
    element.addEventListener("pointerup", onPointerEnd);
    element.addEventListener("pointercancel", onPointerEnd);
    element.addEventListener("dblclick", onDoubleClick);
    return () => {
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", onPointerDown);
      element.removeEventListener("pointermove", onPointerMove);
      element.removeEventListener("pointerup", onPointerEnd);
      element.removeEventListener("pointercancel", onPointerEnd);
      element.removeEventListener("dblclick", onDoubleClick);
    };
  }, [stage, change]);
}

/** The stage holds buttons too, and a clip has controls of its own. */
function isOnPicture(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("button, a, video") === null;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
