import { useCallback, useMemo, useState } from "react";
import { useLatest } from "../../../components/use-latest.ts";
import {
  allOf,
  extendedTo,
  NOTHING_SELECTED,
  type Selection,
  settled,
  toggled,
  withBand,
} from "../select/selection.ts";
import type { LibraryItem } from "./library-item.ts";

export interface SelectionControl {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** From the last one that was selected by itself to this one. */
  readonly extendTo: (id: string) => void;
  readonly all: () => void;
  /** What a rubber band holds; `undefined` at its end. */
  readonly band: (held: readonly string[] | undefined) => void;
  readonly clear: () => void;
}

/** What is selected among the items shown. Functions keep their identity. */
export function useSelection(items: readonly LibraryItem[]): SelectionControl {
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const shown = useLatest(items);
  const idsShown = useCallback(
    () => shown.current.flatMap((item) => (item.kind === "picture" ? [item.content.id] : [])),
    [shown],
  );
  const functions = useMemo(
    () => ({
      toggle: (id: string) => setSelection((current) => toggled(current, id)),
      extendTo: (id: string) => setSelection((current) => extendedTo(current, id, idsShown())),
      all: () => setSelection((current) => allOf(idsShown(), current)),
      band: (held: readonly string[] | undefined) =>
        setSelection((current) => (held === undefined ? settled(current) : withBand(current, held))),
      clear: () => setSelection(NOTHING_SELECTED),
    }),
    [idsShown],
  );
  return { ids: selection.ids, ...functions };
}
