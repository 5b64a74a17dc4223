import { createCompiledValidator } from "@safelight/shared/record-validator";
import { createHistory } from "../core/history/create-history.ts";
import { purgedJobs } from "../core/purged-jobs.ts";
import { createRecordStore } from "../core/record-store.ts";
import { createStoreState } from "../core/store-state.ts";
import { StoreError } from "../store-error.ts";
import type { HealthFinding, StoreHealth } from "../store-health.ts";
import type { Store } from "../store.ts";
import { createCheckpointer } from "./checkpointer.ts";
import { writeManifest } from "./checkpoint-manifest.ts";
import { createFileBlobs } from "./file-blobs.ts";
import { createFilePast } from "./file-past.ts";
import { createFileLogs } from "./file-logs.ts";
import { createFileUpkeep } from "./file-upkeep.ts";
import type { FileLock } from "./file-lock.ts";
import { createHistoryKeeper } from "./history-keeper.ts";
import type { FsPort } from "./fs-port.ts";
import { createJournalCarrier } from "./journal-carrier.ts";
import { createJournalWriter } from "./journal-writer.ts";
import type { HistoryRetention, PruneReport } from "./prune-history.ts";
import type { Quarantine } from "./quarantine.ts";
import type { Recovery } from "./recover.ts";
import { createReadableFiles } from "./readable-files.ts";
import { knownDocuments, settleIn } from "./settle-in.ts";
import { storeErrorOf } from "./store-error-of.ts";
import { takeForeign } from "./take-foreign.ts";

/** A store in a folder of files. */
export interface FileStore extends Store {
  /** Removes what retention does not cover now, unless the history is being read. */
  pruneHistory(): Promise<PruneReport>;
  /** Makes the readable folders as the records want them; resolves to how many names were made and removed. */
  rebuildReadableFiles(): Promise<{ readonly made: number; readonly removed: number }>;
}

export interface FileStoreParts {
  readonly fs: FsPort;
  readonly lock: FileLock;
  readonly recovery: Recovery;
  readonly quarantine: Quarantine;
  readonly epoch: string;
  readonly findings: readonly HealthFinding[];
  readonly note: (code: string, message: string, file?: string) => void;
  readonly now: () => number;
  /** Read-only from the start: part of the data is known to be missing. */
  readonly standStill: boolean;
  readonly checkpointQuietMs: number;
  readonly watchMs: number;
  readonly segmentBytes: number;
  readonly carryBytes: number;
  readonly retention: HistoryRetention;
  readonly maxCommitLength: number;
}

/** Puts a recovered folder to work. */
export async function createFileStore(parts: FileStoreParts): Promise<FileStore> {
  const { fs, lock, recovery, quarantine, epoch, findings, note, now } = parts;
  const state = createStoreState();
  state.load(recovery.replayed.state);
  let fault: StoreError | undefined = parts.standStill ? standStillError() : undefined;
  let closing: Promise<void> | undefined;
  const refusal = (isOwn = false) =>
    closing !== undefined && !isOwn ? new StoreError("store.closed") : fault;

  const writer = createJournalWriter({
    fs,
    durableSeq: state.seq,
    segmentBytes: parts.segmentBytes,
    isHeld: () => lock.isHeld(),
    onFault(error) {
      fault = error;
      note("store.read-only", error.message);
    },
  });
  const carrier = createJournalCarrier({ fs, state, now, carryBytes: parts.carryBytes });
  const keeper = createHistoryKeeper({ fs, now, retention: parts.retention, note });
  const checkpointer = createCheckpointer({
    fs,
    state,
    known: knownDocuments(recovery),
    now,
    quietMs: parts.checkpointQuietMs,
    watchMs: parts.watchMs,
    mayWrite: () => fault === undefined && lock.isHeld(),
    onForeign: (path, reading) =>
      takeForeign({ fs, quarantine, records, note, wasChangedSince }, path, reading),
    onFailure(path, error) {
      const reason = error instanceof Error ? error.message : String(error);
      note(
        "checkpoint.failed",
        `${path} could not be written (${reason}); the journal holds its changes.`,
        path,
      );
    },
    async onRound() {
      try {
        await keeper.gate.whileUnread(() => carrier.carryIfDue(writer.openSegment(), checkpointer.known()));
      } catch (error) {
        note(
          "journal.not-carried",
          `The journal could not be shortened (${reasonOf(error)}); it stays as it is.`,
        );
      }
      await keeper.pruneIfDue();
    },
  });
  const mayWrite = () => fault === undefined && lock.isHeld();
  const blobs = createFileBlobs({
    fs,
    now,
    refusal,
    onReplaced: (sha256, inode) => readable.relink(sha256, inode),
  });
  const logs = createFileLogs({ fs, now, refusal, isKnown: (id) => state.entry("jobs", id) !== undefined });
  const readable = createReadableFiles({
    fs,
    state,
    blobs,
    mayWrite,
    onFailure: (path, error) =>
      note("readable.failed", `${path} could not be made (${reasonOf(error)}).`, path),
  });
  const records = createRecordStore({
    state,
    epoch,
    validate: createCompiledValidator(),
    now,
    write: (batch) => writer.append(batch),
    refusal,
    onApplied(commit, replaced) {
      checkpointer.note(commit);
      readable.note(commit, replaced);
      upkeep.note(commit);
      for (const jobId of purgedJobs(commit)) dropLog(jobId);
    },
    onSubscriberError: (error) => note("subscriber.failed", `A subscriber failed: ${String(error)}`),
    maxCommitLength: parts.maxCommitLength,
  });

  const past = createFilePast({
    fs,
    gate: keeper.gate,
    headSeq: () => state.seq,
    onDamage: (path, reason) => note("history.damaged", `${path} cannot be read whole (${reason}).`, path),
  });

  const upkeep = createFileUpkeep({
    fs,
    state,
    blobs,
    readable,
    quarantine,
    now,
    refusal,
    mayWrite,
    commitsIdle: () => records.idle(),
    note,
  });

  function dropLog(jobId: string): void {
    logs.remove(jobId).catch((error: unknown) => {
      note("log.failed", `The log of ${jobId} could not be removed (${reasonOf(error)}).`);
    });
  }

  async function checkpoint(): Promise<void> {
    await records.idle();
    if (fault !== undefined) throw fault;
    await readable.idle();
    await checkpointer.flush();
    if (fault !== undefined) throw fault;
    if (!checkpointer.isClean()) return;
    const seqs = [...checkpointer.known()].flatMap(([path, { seq }]) =>
      seq === undefined ? [] : [[path, seq] as const],
    );
    await writeManifest(fs, { seq: state.seq, documents: Object.fromEntries(seqs) }).catch(
      (error: unknown) => {
        throw storeErrorOf(error);
      },
    );
  }

  async function close(): Promise<void> {
    await upkeep.stop();
    await records.idle();
    await checkpointer.stop();
    try {
      if (fault === undefined) await checkpoint();
    } finally {
      await readable.stop();
      await logs.idle();
      await writer.close().finally(() => lock.release());
    }
  }

  function health(): StoreHealth {
    const phase = closing !== undefined ? "closed" : fault !== undefined ? "read-only" : "ok";
    return {
      state: phase,
      ...(phase === "read-only" && fault !== undefined && { reason: fault.message }),
      epoch,
      seq: state.seq,
      records: state.records,
      ...(state.savedAt !== undefined && { savedAt: state.savedAt }),
      findings: [...findings],
    };
  }

  function wasChangedSince(collection: Parameters<typeof state.entry>[0], id: string, seq: number): boolean {
    return (state.entry(collection, id)?.seq ?? 0) > seq;
  }

  if (!parts.standStill) {
    try {
      await settleIn({
        recovery,
        state,
        checkpointer,
        records,
        readable,
        blobs,
        note,
        wasChangedSince,
        dropLog,
        checkpoint,
      });
    } catch (error) {
      await readable.stop();
      await checkpointer.stop();
      await writer.close();
      throw error;
    }
  }

  return {
    ...records,
    blobs,
    history: createHistory({ source: past, state, records }),
    logs,
    ...upkeep.offered,
    health,
    async checkpoint() {
      const refused = refusal();
      if (refused !== undefined) throw refused;
      await checkpoint();
    },
    pruneHistory: () => keeper.prune(),
    rebuildReadableFiles: () => readable.rebuild(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function standStillError(): StoreError {
  return new StoreError("store.read-only", {
    detail:
      "Part of the studio's data is damaged; the findings say what. Nothing is written until that is settled.",
  });
}
