import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type Store, StoreError } from "@safelight/store";
import { ProblemError } from "../problem-error.ts";
import { type CollectedState, collectState } from "./collect-state.ts";
import type { BackupManifest } from "./core/backup-manifest.ts";
import { readManifest, verifyArchive } from "./verify-archive.ts";
import { writeArchive } from "./write-archive.ts";

/** A verified archive in the folder of backups. */
export interface Backup {
  /** File name in that folder. */
  readonly name: string;
  readonly createdAt: string;
  readonly sizeBytes: number;
  /** The moment that it holds. */
  readonly seq: number;
  readonly records: number;
  readonly blobs: number;
  /** Blobs that records speak of and the studio did not have. */
  readonly missingBlobs: number;
}

export interface MadeBackup {
  readonly backup: Backup;
  /** What is in it. */
  readonly state: CollectedState;
}

/** How far the backup is that is being made: blobs written, then read back. */
export interface BackupProgress {
  readonly phase: "writing" | "verifying";
  readonly done: number;
  readonly total: number;
}

/** A file of the folder that cannot be read as a backup. */
export interface DamagedBackup {
  readonly name: string;
  readonly sizeBytes: number;
  readonly problem: string;
}

export interface Backups {
  readonly folder: string;
  /**
   * Writes an archive of everything as of now and reads it back; it has its name only when every byte was found right.
   * Rejects and leaves nothing behind: `backup.running`, `backup.unverified` (`ProblemError` 409), `store.full`.
   */
  make(): Promise<MadeBackup>;
  /** What is being made now. */
  progress(): BackupProgress | undefined;
  /** What one holds. Rejects with `backup.missing` (`ProblemError` 404) or `backup.unverified`. */
  manifest(name: string): Promise<BackupManifest>;
  /** Its file, for reading. Rejects with `backup.missing`. */
  open(name: string): Promise<{ readonly stream: Readable; readonly sizeBytes: number }>;
  /** Newest first. */
  list(): Promise<{ readonly items: readonly Backup[]; readonly damaged: readonly DamagedBackup[] }>;
}

const STALE_MS = 24 * 60 * 60 * 1000;
export const BACKUP_NAME = "^safelight-[0-9A-Za-z-]{1,80}\\.zip$";

export interface BackupsOptions {
  readonly store: Store;
  /** Absolute; made when it is missing. */
  readonly folder: string;
  readonly now: () => Date;
}

export function createBackups({ store, folder, now }: BackupsOptions): Backups {
  let running: BackupProgress | undefined;

  /** Counts one more blob of a phase. */
  const counting = (phase: BackupProgress["phase"], total: number) => {
    running = { phase, done: 0, total };
    return () => {
      running = { phase, done: Math.min(total, (running?.done ?? 0) + 1), total };
    };
  };

  async function make(): Promise<MadeBackup> {
    const createdAt = now();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await removeStale(folder, createdAt.getTime() - STALE_MS);
    const state = await collectState(store);
    const name = `safelight-${createdAt.toISOString().replaceAll(/[^0-9TZ]/g, "")}-${state.seq}.zip`;
    const partial = join(folder, `.${name}.partial`);
    try {
      const { manifest, hashes } = await writeArchive(partial, {
        state,
        blobs: store.blobs,
        createdAt,
        onBlob: counting("writing", state.blobs.length),
      });
      await verifyArchive(partial, hashes, counting("verifying", state.blobs.length));
      await rename(partial, join(folder, name));
      await syncFolder(folder);
      return { backup: await describe(name, manifest), state };
    } catch (error) {
      await rm(partial, { force: true });
      throw isDiskFull(error) ? new StoreError("store.full", { cause: error }) : error;
    }
  }

  async function describe(name: string, manifest: BackupManifest): Promise<Backup> {
    return {
      name,
      createdAt: manifest.createdAt,
      sizeBytes: (await stat(join(folder, name))).size,
      seq: manifest.seq,
      records: Object.values(manifest.collections).reduce((sum, count) => sum + count, 0),
      blobs: manifest.blobs.count,
      missingBlobs: manifest.missingBlobs.length,
    };
  }

  /** The size of a backup's file. */
  async function present(name: string): Promise<number> {
    if (!(await namesIn(folder)).includes(name)) {
      throw new ProblemError(404, "backup.missing", `There is no backup "${name}".`);
    }
    return (await stat(join(folder, name))).size;
  }

  return {
    folder,
    async make() {
      if (running !== undefined) {
        throw new ProblemError(409, "backup.running", "A backup is being made; wait until it is done.");
      }
      running = { phase: "writing", done: 0, total: 0 };
      try {
        return await make();
      } finally {
        running = undefined;
      }
    },
    progress: () => running,
    async manifest(name) {
      await present(name);
      return readManifest(join(folder, name));
    },
    async open(name) {
      const sizeBytes = await present(name);
      return { stream: createReadStream(join(folder, name)), sizeBytes };
    },
    async list() {
      const items: Backup[] = [];
      const damaged: DamagedBackup[] = [];
      for (const name of await namesIn(folder)) {
        try {
          items.push(await describe(name, await readManifest(join(folder, name))));
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          const { size: sizeBytes } = await stat(join(folder, name));
          damaged.push({ name, sizeBytes, problem: error.message });
        }
      }
      items.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
      return { items, damaged };
    },
  };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const isBackup = new RegExp(BACKUP_NAME);
    return entries.filter((entry) => entry.isFile() && isBackup.test(entry.name)).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Removes what a crash cut off; one that is newer may be another studio's that backs up to the same folder. */
async function removeStale(folder: string, beforeMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^\.safelight-[0-9A-Za-z-]+\.zip\.partial$/.test(name)) continue;
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs < beforeMs) await rm(path, { force: true });
  }
}

/** Makes the names in a folder durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT";
}
