import { type RefObject, useLayoutEffect, useState } from "react";

/** How long the pace must have been slower before that counts. */
const CALM_AFTER_MS = 80;

/**
 * Whether more than a whole window goes by between two scroll events, as when the scroll bar is dragged through years:
 * nobody sees what is drawn then. To be called before what draws on scrolling, so that it knows at once.
 */
export function useFastScroll(scroller: RefObject<HTMLElement | null>): boolean {
  const [fast, setFast] = useState(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    let top = element.scrollTop;
    let jumps = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const calm = () => {
      jumps = 0;
      setFast(false);
    };
    const onScroll = () => {
      const isJump = Math.abs(element.scrollTop - top) > element.clientHeight;
      top = element.scrollTop;
      if (!isJump) return;
      jumps += 1;
      // One jump alone goes somewhere: Home and End, or a click beside the thumb.
      if (jumps > 1) setFast(true);
      clearTimeout(timer);
      timer = setTimeout(calm, CALM_AFTER_MS);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener("scroll", onScroll);
    };
  }, [scroller]);
  return fast;
}
