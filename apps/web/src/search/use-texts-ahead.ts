import { useEffect } from "react";
import type { TextIndex } from "./text-index.ts";

const SLICE_MS = 6;
const BETWEEN_MS = 30;
const START_AFTER_MS = 800;

/** Folds the texts of the records in slices while nothing else goes on, so that the first search is as fast as any. */
export function useTextsAhead<T>(texts: TextIndex<T>, records: Iterable<T>): void {
  useEffect(() => {
    const walk = records[Symbol.iterator]();
    let timer = setTimeout(step, START_AFTER_MS);
    function step(): void {
      const endMs = performance.now() + SLICE_MS;
      if (texts.prepare(walk, () => performance.now() < endMs)) return;
      timer = setTimeout(step, BETWEEN_MS);
    }
    return () => clearTimeout(timer);
  }, [texts, records]);
}
