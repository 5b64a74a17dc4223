import { randomUUID } from "node:crypto";
import { StoreError } from "../store-error.ts";
import type { HealthFinding } from "../store-health.ts";
import { carryOutRecovery } from "./carry-out-recovery.ts";
import { type FileLock, takeLock } from "./file-lock.ts";
import { createFileStore, type FileStore } from "./file-store.ts";
import type { FsPort } from "./fs-port.ts";
import { createNodeFs } from "./node-fs.ts";
import { inspectFolder, makeFolders } from "./prepare-folder.ts";
import type { HistoryRetention } from "./prune-history.ts";
import { createQuarantine } from "./quarantine.ts";
import { planRecovery } from "./recover.ts";
import { startErrorOf } from "./start-error-of.ts";
import { writeStudioFile } from "./studio-file.ts";

export interface FileStoreOptions {
  /** The data folder; made when it is missing. */
  readonly dataDir: string;
  /** Current time in epoch ms. */
  readonly now?: () => number;
  readonly newEpoch?: () => string;
  /** Called for each thing that opening, or a later check, found and did. */
  readonly onFinding?: (finding: HealthFinding) => void;
  /** Refuse an empty folder with `store.not-mounted`: for folders known to have been in use. */
  readonly mustExist?: boolean;
  /** Open although part of the data is missing, and go on without it in a new epoch. */
  readonly acceptLoss?: boolean;
  /** Quiet time after which a small document is written. */
  readonly checkpointQuietMs?: number;
  /** How often documents are looked at for changes by others. */
  readonly watchMs?: number;
  /** Size at which a journal segment is ended. */
  readonly segmentBytes?: number;
  /** Size beyond four times the documents at which complete segments go into the history. */
  readonly carryBytes?: number;
  /** How much of the past is kept: 90 days and 4 GB unless told otherwise. */
  readonly history?: Partial<HistoryRetention>;
  /** Longest commit, in UTF-16 units of its JSON. */
  readonly maxCommitLength?: number;
  /** The file system, for injecting faults. */
  readonly createFs?: (dataDir: string) => FsPort;
}

/**
 * Opens the store in a data folder, recovering whatever state it is in. Rejects with a `StoreError`, the folder as it was:
 * `store.locked`, `store.version`, `store.unreadable`, `store.not-writable`, `store.not-mounted`, `store.gap`.
 */
export async function openFileStore(options: FileStoreOptions): Promise<FileStore> {
  const { dataDir, now = Date.now, newEpoch = randomUUID, acceptLoss = false } = options;
  const fs = (options.createFs ?? createNodeFs)(dataDir);
  const findings: HealthFinding[] = [];
  const nowIso = () => new Date(now()).toISOString();

  function note(code: string, message: string, file?: string): HealthFinding {
    const finding = { code, at: nowIso(), message, ...(file !== undefined && { file }) };
    // What keeps failing the same way is said once.
    const known = findings.find((other) => other.message === message && other.code === code);
    if (known !== undefined) return known;
    if (findings.length >= MAX_FINDINGS) findings.shift();
    findings.push(finding);
    options.onFinding?.(finding);
    return finding;
  }

  const lock = await lockFolder(fs, nowIso(), options.mustExist ?? false);
  try {
    const studio = await inspectFolder(fs, options.mustExist ?? false);
    const recovery = await planRecovery(fs, acceptLoss);
    await makeFolders(fs);
    const mustStandStill = recovery.salvaged.size > 0 && !acceptLoss;
    const quarantine = createQuarantine(fs, () => nowIso().replaceAll(":", "-"));
    let epoch = studio?.epoch;
    const newlyLost = mustStandStill ? false : await carryOutRecovery(fs, recovery, quarantine, note);
    if (mustStandStill) noteSalvage(recovery.salvaged, note);
    if (epoch === undefined || newlyLost || acceptLoss) {
      const before = epoch;
      epoch = newEpoch();
      await writeStudioFile(fs, epoch, studio?.createdAt ?? nowIso());
      if (before !== undefined) {
        note(
          "studio.new-epoch",
          "The studio stands at an earlier time than clients may have seen; they start afresh.",
        );
      }
    }
    return await createFileStore({
      fs,
      lock,
      recovery,
      quarantine,
      epoch,
      findings,
      note,
      now,
      standStill: mustStandStill,
      checkpointQuietMs: options.checkpointQuietMs ?? 1000,
      watchMs: options.watchMs ?? 2000,
      segmentBytes: options.segmentBytes ?? 8 * 1024 * 1024,
      carryBytes: options.carryBytes ?? 32 * 1024 * 1024,
      retention: { ...DEFAULT_RETENTION, ...options.history },
      maxCommitLength: options.maxCommitLength ?? 64 * 1024 * 1024,
    });
  } catch (error) {
    await lock.release();
    throw startErrorOf(error);
  }
}

const MAX_FINDINGS = 1000;
const DEFAULT_RETENTION: HistoryRetention = { maxAgeMs: 90 * 24 * 3600 * 1000, maxBytes: 4 * 1024 ** 3 };

async function lockFolder(fs: FsPort, now: string, mustExist: boolean): Promise<FileLock> {
  try {
    const root = await fs.info(".");
    if (root === undefined && mustExist) {
      throw new StoreError("store.not-mounted", { detail: "The data folder does not exist." });
    }
    await fs.makeFolder(".");
    return await takeLock(fs, now);
  } catch (error) {
    throw startErrorOf(error);
  }
}

function noteSalvage(
  salvaged: ReadonlyMap<string, number>,
  note: (code: string, message: string, file?: string) => void,
): void {
  for (const [path, records] of salvaged) {
    note(
      "document.salvaged",
      `${path} and its .backup are damaged and the journal does not reach back far enough: ${records} records were read line by line. ` +
        "Put a good copy in place, or open the studio accepting the loss.",
      path,
    );
  }
}
