import type { CollectionName } from "@safelight/shared";
import type { ViewChange } from "../core/create-view.ts";

/** Who wants to hear of changes of collections. */
export interface ViewListeners {
  add(listener: () => void, collections: readonly CollectionName[] | undefined): () => void;
  tell(changes: readonly ViewChange[]): void;
}

export function createViewListeners(): ViewListeners {
  const listeners = new Map<() => void, ReadonlySet<CollectionName> | undefined>();
  return {
    add(listener, collections) {
      // A listener may be given twice, with different collections.
      const own = () => listener();
      listeners.set(own, collections === undefined ? undefined : new Set(collections));
      return () => void listeners.delete(own);
    },
    tell(changes) {
      const changed = new Set(changes.map(({ collection }) => collection));
      for (const [listener, wanted] of listeners) {
        if (wanted === undefined || [...wanted].some((name) => changed.has(name))) listener();
      }
    },
  };
}
