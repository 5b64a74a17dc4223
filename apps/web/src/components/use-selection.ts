import { useMemo, useState } from "react";
import {
  allOf,
  bandBegun,
  bandEnded,
  bandLeft,
  extendedTo,
  NOTHING_SELECTED,
  onlyThese,
  type Selection,
  toggled,
  withBand,
} from "../domain/selection.ts";
import { useLatest } from "./use-latest.ts";

/** A rubber band: what it holds while it is drawn, and what stays of it. */
export interface BandCommands {
  /** `keeps` what is selected beside it, or takes its place. */
  begin(keeps: boolean): void;
  hold(ids: readonly string[]): void;
  /** The next range begins at `anchor`. */
  end(anchor: string | undefined): void;
  /** What was selected before it is selected again. */
  cancel(): void;
}

export interface SelectionControl {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** From the last one that was selected by itself to this one. */
  readonly extendTo: (id: string) => void;
  readonly all: () => void;
  /** These and no others. */
  readonly only: (ids: Iterable<string>) => void;
  readonly band: BandCommands;
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
      only: (ids: Iterable<string>) => setSelection(onlyThese(ids)),
      band: {
        begin: (keeps: boolean) => setSelection((current) => bandBegun(current, keeps)),
        hold: (ids: readonly string[]) => setSelection((current) => withBand(current, ids)),
        end: (anchor: string | undefined) => setSelection((current) => bandEnded(current, anchor)),
        cancel: () => setSelection(bandLeft),
      },
      clear: () => setSelection(NOTHING_SELECTED),
    }),
    [shown],
  );
  return { ids: selection.ids, ...functions };
}
