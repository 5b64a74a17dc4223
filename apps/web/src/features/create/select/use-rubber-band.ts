import { type PointerEvent, type RefObject, useMemo, useRef } from "react";
import { useLatest } from "../../../components/use-latest.ts";
import type { BandCommands } from "../../../components/use-selection.ts";
import type { LibraryItem } from "../library/library-item.ts";
import type { LibraryLayout } from "../library/library-rows.ts";
import { edgeSpeed } from "./edge-speed.ts";
import { type Band, tilesInBand } from "./tiles-in-band.ts";

/** A press that moves less than this is a click. */
const THRESHOLD = 4;
/** A frame that took longer scrolls no further than this one would. */
const LONGEST_FRAME_MS = 50;

interface RubberBandOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly items: readonly LibraryItem[];
  readonly layout: LibraryLayout;
  readonly gap: number;
  readonly band: BandCommands;
  readonly focusTile: (index: number) => void;
}

/**
 * Selects with the mouse by drawing a rectangle from empty space. The rectangle is `drawn` by hand, outside React: only
 * what it holds is drawn anew. Touch scrolls, and a drag that begins on a picture carries the picture.
 */
export function useRubberBand(options: RubberBandOptions) {
  const latest = useLatest(options);
  const drawn = useRef<HTMLDivElement>(null);
  const onPointerDown = useMemo(
    () => (event: PointerEvent<HTMLElement>) => {
      const scroller = latest.current.scroller.current;
      const rectangle = drawn.current;
      const isEmpty =
        event.target instanceof Element && event.target.closest("[data-index], a, button") === null;
      if (scroller === null || rectangle === null || !isEmpty) return;
      if (event.pointerType !== "mouse" || event.button !== 0 || isOnScrollBar(event, scroller)) return;
      // No text is selected by it, and the focus stays where it is.
      event.preventDefault();
      drawBand({ event: event.nativeEvent, scroller, rectangle, options: () => latest.current });
    },
    [latest],
  );
  return { drawn, onPointerDown };
}

interface Drawing {
  /** The press that it begins with. */
  readonly event: globalThis.PointerEvent;
  readonly scroller: HTMLElement;
  /** Stands in the library, whose top left is its origin. */
  readonly rectangle: HTMLElement;
  readonly options: () => RubberBandOptions;
}

function drawBand({ event: press, scroller, rectangle, options }: Drawing): void {
  const stop = new AbortController();
  const { band } = options();
  const start = placeOf(press, rectangle);
  let pointer: globalThis.PointerEvent = press;
  let held: readonly number[] = [];
  let isDrawn = false;
  let frame = 0;
  let drawnAt = 0;

  const ids = () =>
    held.flatMap((index) => {
      const item = options().items[index];
      return item?.kind === "picture" ? [item.content.id] : [];
    });

  function draw(now: number): void {
    frame = 0;
    const speed = edgeSpeed(pointer.clientY, scroller.getBoundingClientRect());
    const before = scroller.scrollTop;
    const frameMs = drawnAt === 0 ? 16 : Math.min(LONGEST_FRAME_MS, now - drawnAt);
    if (speed !== 0) scroller.scrollTop += (speed * frameMs) / 1000;
    const isScrolling = scroller.scrollTop !== before;
    drawnAt = isScrolling ? now : 0;
    const { layout, gap } = options();
    const around = bandBetween(start, placeOf(pointer, rectangle));
    show(rectangle, around);
    const touched = tilesInBand(layout, around, gap);
    if (touched.length !== held.length || touched.some((index, at) => index !== held[at])) {
      held = touched;
      band.hold(ids());
    }
    if (isScrolling) frame = requestAnimationFrame(draw);
  }

  function finish(isKept: boolean): void {
    stop.abort();
    cancelAnimationFrame(frame);
    rectangle.hidden = true;
    if (!isDrawn) return;
    if (!isKept) return band.cancel();
    const isDownwards = placeOf(pointer, rectangle).y >= start.y;
    const last = isDownwards ? held.at(-1) : held[0];
    const item = last === undefined ? undefined : options().items[last];
    band.end(item?.kind === "picture" ? item.content.id : undefined);
    // The keys that act on what is selected are the pictures'.
    if (last !== undefined) options().focusTile(last);
  }

  const { signal } = stop;
  window.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== press.pointerId) return;
      pointer = event;
      if (!isDrawn) {
        if (Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) < THRESHOLD) return;
        isDrawn = true;
        scroller.setPointerCapture(press.pointerId);
        band.begin(press.ctrlKey || press.metaKey || press.shiftKey);
      }
      if (frame === 0) frame = requestAnimationFrame(draw);
    },
    { signal },
  );
  window.addEventListener("pointerup", () => finish(true), { signal });
  window.addEventListener("pointercancel", () => finish(false), { signal });
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      finish(false);
    },
    { signal, capture: true },
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the pointer is in the library, which scrolls under it. */
function placeOf({ clientX, clientY }: globalThis.PointerEvent, rectangle: HTMLElement): Point {
  const origin = rectangle.parentElement?.getBoundingClientRect();
  return { x: clientX - (origin?.left ?? 0), y: clientY - (origin?.top ?? 0) };
}

function bandBetween(one: Point, other: Point): Band {
  return {
    left: Math.min(one.x, other.x),
    top: Math.min(one.y, other.y),
    right: Math.max(one.x, other.x),
    bottom: Math.max(one.y, other.y),
  };
}

function show(rectangle: HTMLElement, { left, top, right, bottom }: Band): void {
  rectangle.hidden = false;
  rectangle.style.transform = `translate(${left}px, ${top}px)`;
  rectangle.style.width = `${right - left}px`;
  rectangle.style.height = `${bottom - top}px`;
}

function isOnScrollBar({ clientX }: { readonly clientX: number }, scroller: HTMLElement): boolean {
  return clientX - scroller.getBoundingClientRect().left >= scroller.clientWidth;
}
