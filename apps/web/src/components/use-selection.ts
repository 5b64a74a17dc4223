import { useMemo, useState } from "react";
import {
  allOf,
  extendedTo,
  NOTHING_SELECTED,
  type Selection,
  settled,
  toggled,
  withBand,
} from "../domain/selection.ts";
import { useLatest } from "./use-latest.ts";

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

/** What is selected among what is shown: `idsShown` tells that in its order. Functions keep their identity. */
export function useSelection(idsShown: () => readonly string[]): SelectionControl {
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const shown = useLatest(idsShown);
  const functions = useMemo(
    () => ({
      toggle: (id: string) => setSelection((current) => toggled(current, id)),
      extendTo: (id: string) => setSelection((current) => extendedTo(current, id, shown.current())),
      all: () => setSelection((current) => allOf(shown.current(), current)),
      band: (held: readonly string[] | undefined) =>
        setSelection((current) => (held === undefined ? settled(current) : withBand(current, held))),
      clear: () => setSelection(NOTHING_SELECTED),
    }),
    [shown],
  );
  return { ids: selection.ids, ...functions };
}
