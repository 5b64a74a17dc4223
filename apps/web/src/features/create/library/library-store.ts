import type { SyncClient } from "@safelight/sync";
import { createPacedUpdates, FIRST_PAGE } from "../../../domain/paced-updates.ts";
import { createLibraryOrder } from "./library-order.ts";
import type { LibraryItem } from "./library-item.ts";

/** The whole library in order, newest first, kept current with the sync client while somebody listens. */
export interface LibraryStore {
  /** What is known; a first page when nobody has listened yet, so that a first drawing has one. */
  readonly items: () => readonly LibraryItem[];
  readonly subscribe: (listener: () => void) => () => void;
  /** Shows jobs that failed since then (ISO): the start of the local day. */
  showFailuresSince(start: string): void;
}

export interface LibraryStoreOptions {
  readonly client: Pick<SyncClient, "list" | "get" | "subscribe">;
  /** ISO; see `showFailuresSince`. */
  readonly failuresSince: string;
  /** Milliseconds that only grow. */
  readonly nowMs: () => number;
  /** Calls back later; answers how to call it off. */
  readonly later: (work: () => void, delayMs: number) => () => void;
}

/** Records of each kind that are taken in at once: more would hold up what a person does meanwhile. */
const AT_ONCE = 10_000;

export function createLibraryStore(options: LibraryStoreOptions): LibraryStore {
  const { client, nowMs, later } = options;
  const order = createLibraryOrder();
  const listeners = new Set<() => void>();
  const updates = createPacedUpdates({ update, nowMs, later });
  let { failuresSince } = options;
  let unsubscribe: (() => void) | undefined;
  let taken = 0;
  let isBegun = false;

  function update(limit: number): boolean {
    isBegun = true;
    const before = order.items();
    const contents = client.list("contents");
    const jobs = client.list("jobs");
    const longest = Math.max(contents.length, jobs.length);
    const most = Math.min(limit, taken + AT_ONCE);
    const isWhole = longest <= most;
    taken = Math.min(longest, most);
    order.update({
      contents: isWhole ? contents : contents.slice(0, most),
      jobs: isWhole ? jobs : jobs.slice(0, most),
      jobOf: (id) => client.get("jobs", id),
      failuresSince,
    });
    if (order.items() !== before) for (const listener of listeners) listener();
    return isWhole;
  }

  return {
    items() {
      if (!isBegun) update(FIRST_PAGE);
      return order.items();
    },
    showFailuresSince(start) {
      if (start === failuresSince) return;
      failuresSince = start;
      if (unsubscribe !== undefined) updates.changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      if (unsubscribe === undefined) {
        unsubscribe = client.subscribe(updates.changed, ["contents", "jobs"]);
        updates.start(taken <= FIRST_PAGE);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        unsubscribe?.();
        unsubscribe = undefined;
        updates.stop();
      };
    },
  };
}
