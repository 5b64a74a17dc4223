import type { SyncClient, Viewed } from "@safelight/sync";
import { createPacedUpdates } from "../../../domain/paced-updates.ts";

/** The jobs of this device, newest first: a first page at once, all of them after that was painted. */
export interface JobsKnown {
  readonly jobs: readonly Viewed<"jobs">[];
  readonly isWhole: boolean;
}

export interface JobStore {
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
  let unsubscribe: (() => void) | undefined;
  const updates = createPacedUpdates({ update, nowMs, later });

  function update(limit: number): boolean {
    const all = client.list("jobs");
    const isWhole = all.length <= limit;
    const jobs = isWhole ? all : all.slice(0, limit);
    if (jobs !== known.jobs || isWhole !== known.isWhole) {
      known = { jobs, isWhole };
      for (const listener of listeners) listener();
    }
    return isWhole;
  }

  return {
    known: () => known,
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
