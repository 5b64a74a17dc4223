import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * When the row or tile that has the focus goes, the one that stands in its place gets it by `refocus`, which keeps its
 * identity. `rows` is another when rows change.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, rows: unknown, refocus: () => void): void {
  const isWithin = useRef(false);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      isWithin.current = target instanceof Element && list.current?.contains(target) === true;
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [list]);
  useLayoutEffect(() => {
    const look = () => {
      if (isWithin.current && document.activeElement === document.body) refocus();
    };
    look();
    // What is drawn by place may go a frame later.
    const frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- only a change of rows takes one away
  }, [rows, refocus]);
}
