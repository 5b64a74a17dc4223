import type { GeneratedContent } from "@safelight/shared";
import { useEffect } from "react";
import type { LibraryItem } from "../library/library-item.ts";
import type { TextIndex } from "./text-index.ts";

const SLICE_MS = 6;
const BETWEEN_MS = 30;
const START_AFTER_MS = 800;

/** Folds the texts of the library in slices while nothing else goes on, so that the first search is as fast as any. */
export function useTextsAhead(texts: TextIndex, items: readonly LibraryItem[]): void {
  useEffect(() => {
    const walk = contentsOf(items);
    let timer = setTimeout(step, START_AFTER_MS);
    function step(): void {
      const endMs = performance.now() + SLICE_MS;
      if (texts.prepare(walk, () => performance.now() < endMs)) return;
      timer = setTimeout(step, BETWEEN_MS);
    }
    return () => clearTimeout(timer);
  }, [texts, items]);
}

function* contentsOf(items: readonly LibraryItem[]): Generator<GeneratedContent, undefined> {
  for (const item of items) if (item.kind === "picture") yield item.content;
  return undefined;
}
