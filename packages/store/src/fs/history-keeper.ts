import type { FsPort } from "./fs-port.ts";
import { createHistoryGate, type HistoryGate } from "./history-gate.ts";
import { type HistoryRetention, pruneHistory, type PruneReport } from "./prune-history.ts";

export interface HistoryKeeperOptions {
  readonly fs: FsPort;
  /** Current time in epoch ms. */
  readonly now: () => number;
  readonly retention: HistoryRetention;
  readonly note: (code: string, message: string) => void;
}

/** Keeps the history within its retention. */
export interface HistoryKeeper {
  readonly gate: HistoryGate;
  /** Prunes if that was not done in the last ten minutes. Never rejects. */
  pruneIfDue(): Promise<void>;
  prune(): Promise<PruneReport>;
}

const PRUNE_EVERY_MS = 10 * 60 * 1000;

export function createHistoryKeeper({ fs, now, retention, note }: HistoryKeeperOptions): HistoryKeeper {
  const gate = createHistoryGate();
  let prunedAtMs = Number.NEGATIVE_INFINITY;

  async function prune(): Promise<PruneReport> {
    let report: PruneReport = { removedFiles: 0, removedBytes: 0 };
    await gate.whileUnread(async () => {
      report = await pruneHistory({ fs, nowMs: now(), retention });
    });
    return report;
  }

  return {
    gate,
    prune,
    async pruneIfDue() {
      if (now() - prunedAtMs < PRUNE_EVERY_MS) return;
      prunedAtMs = now();
      try {
        await prune();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        note("history.not-pruned", `The history could not be shortened (${reason}); it stays as it is.`);
      }
    },
  };
}
