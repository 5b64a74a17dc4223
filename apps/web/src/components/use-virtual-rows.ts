import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import type { RefObject } from "react";

interface VirtualRowsOptions {
  readonly count: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Height of a row in CSS pixels; exact, rows are never measured. */
  readonly heightOf: (index: number) => number;
  /** A function of another identity has all heights read again. */
  readonly keyOf: (index: number) => string | number;
  readonly overscan: number;
}

/** The rows that are near the screen, and the height of all of them. */
export function useVirtualRows(options: VirtualRowsOptions): {
  readonly rows: readonly VirtualItem[];
  readonly height: number;
} {
  const { count, scroller, heightOf, keyOf, overscan } = options;
  // oxlint-disable-next-line react/incompatible-library -- its functions are read here and passed on to nobody
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan,
  });
  return { rows: virtualizer.getVirtualItems(), height: virtualizer.getTotalSize() };
}
