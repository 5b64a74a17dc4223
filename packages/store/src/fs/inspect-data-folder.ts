import { statfs } from "node:fs/promises";
import { createStoreState, type StoreState } from "../core/store-state.ts";
import type { ScrubReport } from "../scrub.ts";
import type { StorageReport } from "../storage-report.ts";
import type { StoreErrorCode } from "../store-error.ts";
import { createBlobChecker } from "./blob-checker.ts";
import { createBlobScrubber, SCRUB_MEMORY_FILE } from "./blob-scrubber.ts";
import { readDocument } from "./document-reader.ts";
import { type LockHolder, readHolder } from "./file-lock.ts";
import type { FsPort } from "./fs-port.ts";
import { measureStorage } from "./measure-storage.ts";
import { createNodeFs } from "./node-fs.ts";
import { inspectFolder } from "./prepare-folder.ts";
import { blobObservations, type Observation, observationsOf } from "./observe-recovery.ts";
import { createQuarantine, QUARANTINE_FOLDER } from "./quarantine.ts";
import { createReadOnlyFs } from "./read-only-fs.ts";
import { planRecovery, type Recovery } from "./recover.ts";
import { startErrorOf } from "./start-error-of.ts";
import { readStudioFile, type StudioFile } from "./studio-file.ts";

/** A data folder as it is; absent parts could not be looked at because of `problem`. */
export interface DataFolderInspection {
  readonly dataDir: string;
  readonly studio: StudioFile | undefined;
  /** Who says to hold the folder, and whether such a process runs on this machine. */
  readonly holder: (LockHolder & { readonly isRunning: boolean }) | undefined;
  /** Why a start would refuse the folder. */
  readonly problem: { readonly code: StoreErrorCode; readonly message: string } | undefined;
  readonly observations: readonly Observation[];
  readonly seq: number | undefined;
  readonly records: number | undefined;
  readonly storage: StorageReport | undefined;
  readonly blobs: ScrubReport | undefined;
  /** Files that recovery had set aside. */
  readonly quarantine: readonly string[];
  readonly freeBytes: number;
}

/**
 * Reads all of a data folder as a start would, and every blob, and changes nothing in it, not even what a start would mend. The folder of a
 * running studio may be looked at too; its last moments can then look torn. Rejects where there is no such folder.
 */
export async function inspectDataFolder(dataDir: string): Promise<DataFolderInspection> {
  const fs = createReadOnlyFs(createNodeFs(dataDir), new Set([SCRUB_MEMORY_FILE]));
  const { bavail, bsize } = await statfs(dataDir);
  const always = {
    dataDir,
    holder: await holderOf(fs),
    quarantine: [...(await fs.list(QUARANTINE_FOLDER))].sort(),
    freeBytes: bavail * bsize,
  };
  let studio: StudioFile | undefined;
  try {
    studio = await readStudioFile(fs);
    await inspectFolder(fs, true);
    const recovery = await planRecovery(fs, false);
    const state = createStoreState();
    state.load(recovery.replayed.state);
    const blobs = await checkBlobs(fs, state);
    return {
      ...always,
      studio,
      problem: undefined,
      observations: [
        ...observationsOf(recovery, always.holder?.isRunning ?? false),
        ...(await backupObservations(fs, recovery)),
        ...blobObservations(blobs),
      ],
      seq: state.seq,
      records: state.records,
      storage: await measureStorage(fs, state),
      blobs,
    };
  } catch (error) {
    const { code, message } = startErrorOf(error);
    const nothing = { seq: undefined, records: undefined, storage: undefined, blobs: undefined };
    return { ...always, ...nothing, studio, problem: { code, message }, observations: [] };
  }
}

async function holderOf(fs: FsPort): Promise<DataFolderInspection["holder"]> {
  const holder = await readHolder(fs);
  return holder && { ...holder, isRunning: isRunning(holder.pid) };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process answers that it may not be asked.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Hashes every blob and looks for those that are missing, with nothing remembered and nothing mended. */
async function checkBlobs(fs: FsPort, state: StoreState): Promise<ScrubReport | undefined> {
  const mayWrite = () => false;
  const none = { mend: async () => false, discard: async () => false };
  const scrubber = createBlobScrubber({
    fs,
    state,
    blobs: none,
    checker: createBlobChecker({
      fs,
      blobs: none,
      readable: { pathsOf: () => [] },
      quarantine: createQuarantine(fs, () => ""),
      mayWrite,
    }),
    now: Date.now,
    refusal: () => undefined,
    mayWrite,
    commitsIdle: async () => {},
    onReport: () => {},
  });
  return scrubber.scrub();
}

/** A start looks at a `.backup` only where it needs one. */
async function backupObservations(fs: FsPort, { documents }: Recovery): Promise<readonly Observation[]> {
  const found: Observation[] = [];
  for (const { path } of documents) {
    const file = `${path}.backup`;
    const { kind } = await readDocument(fs, file);
    if (kind === "good" || kind === "missing") continue;
    found.push({
      severity: "damage",
      code: "backup.damaged",
      message: "It does not have its checksum.",
      file,
    });
  }
  return found;
}
