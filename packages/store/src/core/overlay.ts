import type { CollectionName } from "@safelight/shared";
import type { Entry } from "./entry.ts";
import type { PlannedChange } from "./plan-step.ts";

/** Changes that are decided but not durable, to be looked at before the state beneath them. */
export interface Overlay {
  entry(collection: CollectionName, id: string): Entry | undefined;
  counter(key: string): number | undefined;
  /** A document in use, by its path in lower case. */
  home(lowerCasePath: string): string | undefined;
  entriesOf(collection: CollectionName): Iterable<Entry>;
  put(change: PlannedChange): void;
  /** Forgets one state of a record, unless a later one has taken its place. */
  drop(entry: Entry): void;
  clear(): void;
}

export function createOverlay(): Overlay {
  const collections = new Map<CollectionName, Map<string, Entry>>();
  const counters = new Map<string, number>();
  const homes = new Map<string, string>();

  return {
    entry: (collection, id) => collections.get(collection)?.get(id),
    counter: (key) => counters.get(key),
    home: (lowerCasePath) => homes.get(lowerCasePath),
    entriesOf: (collection) => collections.get(collection)?.values() ?? [],
    put({ entry, counter }) {
      const entries = collections.get(entry.collection);
      if (entries === undefined) collections.set(entry.collection, new Map([[entry.id, entry]]));
      else entries.set(entry.id, entry);
      if (counter !== undefined) counters.set(counter.key, counter.value);
      // Only a new record can bring a document that was not in use.
      if (entry.op === "create") homes.set(entry.home.toLowerCase(), entry.home);
    },
    drop(entry) {
      const entries = collections.get(entry.collection);
      if (entries?.get(entry.id) === entry) entries.delete(entry.id);
    },
    clear() {
      collections.clear();
      counters.clear();
      homes.clear();
    },
  };
}
