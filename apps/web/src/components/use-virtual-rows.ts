import { type RefObject, useCallback, useLayoutEffect, useMemo, useReducer, useState } from "react";
import { flushSync } from "react-dom";
import { type RowPlaces, rowsInSight } from "../domain/row-places.ts";
import { createScrollSight } from "./scroll-sight.ts";
import { useLatest } from "./use-latest.ts";

interface VirtualRowsOptions {
  readonly places: RowPlaces;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Rows that are drawn above those in sight, and below them. */
  readonly overscan: number;
  /** A row that is drawn wherever it is: the one that has the focus must not vanish under it. */
  readonly always?: number;
}

/** The rows that are near the screen. Their heights are known: nothing is measured, and a list of any length costs the same. */
export function useVirtualRows({ places, scroller, overscan, always = -1 }: VirtualRowsOptions): {
  /** Indexes, ascending. */
  readonly rows: readonly number[];
  /** Scrolls as little as brings the row into sight. */
  readonly scrollToRow: (index: number) => void;
  /** Pixels scrolled, as last told by the browser: asking it has the whole page laid out. */
  readonly offset: () => number;
} {
  // Nothing is higher than the window.
  const [sight] = useState(() => createScrollSight({ height: window.innerHeight }));
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { first, last } = rowsInSight(places, { offset: sight.offset(), height: sight.height() }, overscan);
  const latest = useLatest({ places, overscan, first, last });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    return sight.watch(element, () => {
      const drawn = latest.current;
      const wanted = rowsInSight(
        drawn.places,
        { offset: sight.offset(), height: sight.height() },
        drawn.overscan,
      );
      // In the same frame: what came into sight is not to be blank in it.
      if (wanted.first !== drawn.first || wanted.last !== drawn.last) flushSync(redraw);
    });
  }, [scroller, sight, latest]);

  const scrollToRow = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const start = latest.current.places.startOf(index);
      const end = latest.current.places.startOf(index + 1);
      if (start <= sight.offset()) element.scrollTo(0, start);
      else if (end >= sight.offset() + sight.height()) {
        // Below the last row there may be room, which is shown with it.
        const isLast = index === latest.current.places.count - 1;
        element.scrollTo(0, isLast ? element.scrollHeight : end - sight.height());
      }
    },
    [scroller, sight, latest],
  );
  const rows = useMemo(() => rowsBetween(first, last, always), [first, last, always]);
  return { rows, scrollToRow, offset: sight.offset };
}

function rowsBetween(first: number, last: number, always: number): readonly number[] {
  const rows: number[] = [];
  if (always >= 0 && always < first) rows.push(always);
  for (let index = first; index <= last; index += 1) rows.push(index);
  if (always > last) rows.push(always);
  return rows;
}
