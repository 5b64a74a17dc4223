import type { SyncClient, Viewed } from "@safelight/sync";
import { createPacedUpdates, FIRST_PAGE } from "../../../domain/paced-updates.ts";

/** The jobs of this device, newest first: a first page at once, all of them after that was painted. */
export interface JobsKnown {
  readonly jobs: readonly Viewed<"jobs">[];
  readonly isWhole: boolean;
}

/** Kept current with the sync client while somebody listens. */
export interface JobStore {
  /** A first page when nobody has listened yet, so that a first drawing has one. */
  readonly known: () => JobsKnown;
  readonly subscribe: (listener: () => void) => () => void;
}

export interface JobStoreOptions {
  readonly client: Pick<SyncClient, "list" | "subscribe">;
  /** Milliseconds that only grow. */
  readonly nowMs: () => number;
  /** Calls back later; answers how to call it off. */
  readonly later: (work: () => void, delayMs: number) => () => void;
}

export function createJobStore({ client, nowMs, later }: JobStoreOptions): JobStore {
  const listeners = new Set<() => void>();
  let known: JobsKnown = { jobs: [], isWhole: false };
  let source: readonly Viewed<"jobs">[] | undefined;
  let unsubscribe: (() => void) | undefined;
  const updates = createPacedUpdates({ update, nowMs, later });

  function update(limit: number): boolean {
    const all = client.list("jobs");
    const isWhole = all.length <= limit;
    // The first page that is known already, asked for once more.
    if (all === source && !isWhole && known.jobs.length === limit) return false;
    source = all;
    const jobs = isWhole ? all : all.slice(0, limit);
    if (jobs !== known.jobs || isWhole !== known.isWhole) {
      known = { jobs, isWhole };
      for (const listener of listeners) listener();
    }
    return isWhole;
  }

  return {
    known() {
      if (source === undefined) update(FIRST_PAGE);
      return known;
    },
    subscribe(listener) {
      listeners.add(listener);
      if (unsubscribe === undefined) {
        unsubscribe = client.subscribe(updates.changed, ["jobs"]);
        updates.start(!known.isWhole);
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
