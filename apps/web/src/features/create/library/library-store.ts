import type { SyncClient } from "@safelight/sync";
import { createLibraryOrder } from "./library-order.ts";
import type { LibraryItem } from "./library-item.ts";

/** The whole library in order, newest first, kept current with the sync client. */
export interface LibraryStore {
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

/** Newest records that a first page is made of; the rest follows after it was painted. */
const FIRST_PAGE = 400;
const REST_AFTER_MS = 60;
/** While records stream in, keeping up may take this share of the time and no more. */
const REST_PER_WORK = 5;

export function createLibraryStore(options: LibraryStoreOptions): LibraryStore {
  const { client, nowMs, later } = options;
  const order = createLibraryOrder();
  const listeners = new Set<() => void>();
  let { failuresSince } = options;
  let callOff: (() => void) | undefined;
  let mayGoOnAtMs = 0;
  let unsubscribe: (() => void) | undefined;

  function update(limit = Infinity): void {
    const startedMs = nowMs();
    const before = order.items();
    const contents = client.list("contents");
    const jobs = client.list("jobs");
    const isAll = contents.length <= limit && jobs.length <= limit;
    order.update({
      contents: isAll ? contents : contents.slice(0, limit),
      jobs: isAll ? jobs : jobs.slice(0, limit),
      jobOf: (id) => client.get("jobs", id),
      failuresSince,
    });
    if (order.items() !== before) for (const listener of listeners) listener();
    const endedMs = nowMs();
    mayGoOnAtMs = endedMs + (endedMs - startedMs) * REST_PER_WORK;
    if (!isAll) planUpdate(REST_AFTER_MS);
  }

  function planUpdate(delayMs: number): void {
    callOff ??= later(() => {
      callOff = undefined;
      update();
    }, delayMs);
  }

  function onChange(): void {
    const waitMs = mayGoOnAtMs - nowMs();
    if (callOff !== undefined) return;
    if (waitMs <= 0) update();
    else planUpdate(waitMs);
  }

  return {
    items: order.items,
    showFailuresSince(start) {
      if (start === failuresSince) return;
      failuresSince = start;
      if (unsubscribe !== undefined) onChange();
    },
    subscribe(listener) {
      listeners.add(listener);
      if (unsubscribe === undefined) {
        unsubscribe = client.subscribe(onChange, ["contents", "jobs"]);
        update(order.items().length === 0 ? FIRST_PAGE : Infinity);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        unsubscribe?.();
        unsubscribe = undefined;
        callOff?.();
        callOff = undefined;
      };
    },
  };
}
