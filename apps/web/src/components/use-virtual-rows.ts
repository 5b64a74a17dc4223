import { defaultRangeExtractor, type Range, useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type RefObject, useCallback } from "react";

interface VirtualRowsOptions {
  readonly count: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Height of a row in CSS pixels; exact, rows are never measured. */
  readonly heightOf: (index: number) => number;
  /** A function of another identity has all heights read again. */
  readonly keyOf: (index: number) => string | number;
  readonly overscan: number;
  /** A row that is drawn wherever it is: the one that has the focus must not vanish under it. */
  readonly always?: number;
}

/** The rows that are near the screen, and the height of all of them. */
export function useVirtualRows(options: VirtualRowsOptions): {
  readonly rows: readonly VirtualItem[];
  readonly height: number;
  /** Scrolls as little as brings the row into sight. */
  readonly scrollToRow: (index: number) => void;
  /** Pixels scrolled, as last told by the browser: asking it has the whole page laid out. */
  readonly offset: () => number;
} {
  const { count, scroller, heightOf, keyOf, overscan, always = -1 } = options;
  const rangeExtractor = useCallback(
    (range: Range) => withRow(defaultRangeExtractor(range), always),
    [always],
  );
  // oxlint-disable-next-line react/incompatible-library -- its functions are read here and passed on to nobody
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan,
    rangeExtractor,
  });
  const scrollToRow = useCallback((index: number) => virtualizer.scrollToIndex(index), [virtualizer]);
  const offset = useCallback(() => virtualizer.scrollOffset ?? 0, [virtualizer]);
  return { rows: virtualizer.getVirtualItems(), height: virtualizer.getTotalSize(), scrollToRow, offset };
}

function withRow(rows: number[], always: number): number[] {
  if (always < 0 || rows.includes(always)) return rows;
  return [...rows, always].sort((left, right) => left - right);
}
