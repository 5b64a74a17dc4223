import { randomUUID } from "node:crypto";
import { createCompiledValidator } from "@safelight/shared/record-validator";
import { purgedJobs } from "../core/purged-jobs.ts";
import { createHistory } from "../core/history/create-history.ts";
import { createRecordStore } from "../core/record-store.ts";
import { createStoreState } from "../core/store-state.ts";
import { StoreError } from "../store-error.ts";
import type { HealthFinding } from "../store-health.ts";
import type { Store } from "../store.ts";
import { withFrozenRecords } from "./frozen-records.ts";
import { createMemoryBlobs } from "./memory-blobs.ts";
import { createMemoryPast } from "./memory-past.ts";
import { createMemoryLogs } from "./memory-logs.ts";
import { createMemoryUpkeep } from "./memory-upkeep.ts";

export interface MemoryStoreOptions {
  /** Current time in epoch ms. */
  readonly now?: () => number;
  readonly newEpoch?: () => string;
  /** Longest commit, in UTF-16 units of its JSON. */
  readonly maxCommitLength?: number;
}

/** A store that lives as long as the process: for tests and trials. Durable means "taken" here. */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { now = Date.now, newEpoch = randomUUID, maxCommitLength = 64 * 1024 * 1024 } = options;
  const epoch = newEpoch();
  const state = createStoreState();
  const findings: HealthFinding[] = [];
  let closed = false;

  const refusal = () => (closed ? new StoreError("store.closed") : undefined);
  const logs = createMemoryLogs({ now, refusal, isKnown: (id) => state.entry("jobs", id) !== undefined });
  const past = createMemoryPast();
  const blobs = createMemoryBlobs(now);
  const upkeep = createMemoryUpkeep(state, blobs, now);
  const records = withFrozenRecords(
    createRecordStore({
      state,
      epoch,
      validate: createCompiledValidator(),
      now,
      maxCommitLength,
      refusal,
      // A turn of the event loop, as a disk would take: callers must not count on less.
      write: () => new Promise((resolve) => void setImmediate(resolve)),
      onApplied(commit, replaced) {
        past.note(commit, replaced);
        state.trimTombstones(() => true);
        upkeep.note(commit);
        for (const jobId of purgedJobs(commit)) void logs.remove(jobId);
      },
      onSubscriberError(error) {
        findings.push({
          code: "subscriber.failed",
          at: new Date(now()).toISOString(),
          message: `A subscriber failed: ${String(error)}`,
        });
      },
    }),
  );

  return {
    ...records,
    blobs,
    history: createHistory({ source: past, state, records }),
    logs,
    ...upkeep.offered,
    health: () => ({
      state: closed ? "closed" : "ok",
      epoch,
      seq: state.seq,
      records: state.records,
      ...(state.savedAt !== undefined && { savedAt: state.savedAt }),
      findings,
    }),
    async checkpoint() {
      const refused = refusal();
      if (refused !== undefined) throw refused;
      await records.idle();
    },
    async close() {
      closed = true;
      await records.idle();
    },
  };
}
