import { useEffect, useMemo, useState } from "react";
import { createFinding } from "./finding.ts";

export interface Found<T> {
  /** What is shown: the first screens of it while a new search is still at work. */
  readonly items: readonly T[];
  /** Whether that is all. */
  readonly isWhole: boolean;
  /** All of it, now. */
  readonly all: () => readonly T[];
}

/** More than the first screen holds, on a large one too. */
const FIRST = 600;
/** Typing goes on: what no screen shows yet is not looked for between two keys. */
const REST_AFTER_MS = 200;
const SLICE_MS = 8;

/**
 * What matches, of a long list. A new `view` is answered with its first screens, and with all of it when the typing
 * rests; the same view of a list that changed is answered whole, because somebody may have scrolled.
 */
export function useFound<T>(
  items: readonly T[],
  matches: ((item: T) => boolean) | undefined,
  view: string,
): Found<T> {
  const [wholeView, setWholeView] = useState(view);
  const isKnown = wholeView === view;
  const finding = useMemo(() => {
    if (matches === undefined) return undefined;
    const made = createFinding(items, matches);
    made.goOn(() => true, FIRST);
    return made;
  }, [items, matches]);
  const first = useMemo(() => finding?.found() ?? items, [finding, items]);

  useEffect(() => {
    if (isKnown) return undefined;
    let timer = setTimeout(step, REST_AFTER_MS);
    function step(): void {
      const endMs = performance.now() + SLICE_MS;
      if (finding?.goOn(() => performance.now() < endMs, Infinity) ?? true) setWholeView(view);
      else timer = setTimeout(step);
    }
    return () => clearTimeout(timer);
  }, [finding, isKnown, view]);

  const all = () => {
    if (finding === undefined) return items;
    finding.goOn(() => true, Infinity);
    return finding.found();
  };
  const isWhole = finding === undefined || isKnown || finding.isWhole();
  const shown = isWhole ? all() : first;
  return { items: shown, isWhole, all };
}
