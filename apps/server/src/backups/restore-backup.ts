import { copyFile, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isCollectionName } from "@safelight/shared";
import { holdDataFolder, openFileStore, seedDataFolder } from "@safelight/store";
import { ProblemError } from "../problem-error.ts";
import type { BackupManifest } from "./core/backup-manifest.ts";
import { openArchive } from "./read-archive.ts";
import { verifyArchive } from "./verify-archive.ts";

export interface RestoreBackupOptions {
  /** The archive. */
  readonly file: string;
  /** The data folder to restore into; made when it is missing. */
  readonly dataDir: string;
  /** Sets aside what is in the folder. Without it, a folder that holds anything is refused. */
  readonly replace: boolean;
  readonly now: () => Date;
}

export interface RestoredBackup {
  readonly manifest: BackupManifest;
  /** Where what was there before is now; absent when nothing was. */
  readonly setAside: string | undefined;
}

/** Names that a folder may have and still count as empty, and that stay where they are. */
const IGNORED: ReadonlySet<string> = new Set([".gitkeep", "lost+found", "lock", "lock.json", "lock-journal"]);
/** They are no part of a backup: what the folder has of them goes on to be used. */
const STAYING: ReadonlySet<string> = new Set(["backups"]);
const SECRETS = "secrets.json";

/**
 * Makes a data folder what an archive holds. The whole archive is verified, and a whole folder made of it and opened, before anything that
 * is there is touched; then the one takes the place of the other, which is set aside. The studio has a new epoch, so that clients notice.
 * Rejects: `backup.unverified`, `backup.unknown-collection`, `restore.not-empty` (`ProblemError` 409), `store.locked`, `store.full`.
 */
export async function restoreBackup(options: RestoreBackupOptions): Promise<RestoredBackup> {
  const { file, dataDir, replace, now } = options;
  const manifest = await verifyArchive(file);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const hold = await holdDataFolder(dataDir);
  try {
    const before = (await readdir(dataDir)).filter((name) => !IGNORED.has(name));
    if (before.some((name) => !name.startsWith(STAGE)) && !replace) {
      throw new ProblemError(
        409,
        "restore.not-empty",
        `${dataDir} is not empty. Choose another folder with --into, or say --replace: what is there is then set aside, not deleted.`,
      );
    }
    const stamp = now()
      .toISOString()
      .replaceAll(/[^0-9TZ]/g, "");
    const stage = join(dataDir, `${STAGE}${stamp}`);
    // What a restore left that was cut off.
    for (const name of before) if (name.startsWith(STAGE)) await rm(join(dataDir, name), { recursive: true });
    try {
      await buildFolder(stage, file, manifest);
      const moving = before.filter((name) => !name.startsWith(STAGE) && !STAYING.has(name));
      const setAside = moving.length === 0 ? undefined : join(dataDir, `before-restore-${stamp}`);
      await swap({ dataDir, stage, setAside, moving });
      return { manifest, setAside };
    } finally {
      await rm(stage, { recursive: true, force: true });
    }
  } finally {
    await hold.release();
  }
}

const STAGE = ".restoring-";

/** Makes a whole data folder of the archive, opens it and counts what it holds. */
async function buildFolder(stage: string, file: string, manifest: BackupManifest): Promise<void> {
  const archive = await openArchive(file, manifest);
  try {
    await seedDataFolder(stage, {
      seq: manifest.seq,
      at: manifest.createdAt,
      records: archive.records(),
      counters: manifest.counters.flatMap(({ collection, ...count }) =>
        isCollectionName(collection) ? [{ collection, ...count }] : [],
      ),
    });
    const store = await openFileStore({ dataDir: stage });
    try {
      for await (const { sha256, bytes } of archive.blobs()) await store.blobs.write(bytes, { sha256 });
      await store.rebuildReadableFiles();
      for (const [collection, count] of Object.entries(manifest.collections)) {
        const found = isCollectionName(collection) ? store.count(collection) : 0;
        if (found === count) continue;
        throw new ProblemError(
          409,
          "backup.unverified",
          `Of ${count} records of ${collection}, ${found} could be restored.`,
        );
      }
    } finally {
      await store.close();
    }
  } finally {
    archive.close();
  }
}

interface Swap {
  readonly dataDir: string;
  readonly stage: string;
  readonly setAside: string | undefined;
  readonly moving: readonly string[];
}

/**
 * `studio.json` goes first and comes last: cut off in between, the folder is refused at a start and not taken for a whole one.
 * Nobody else can open the folder meanwhile, for it is held.
 */
async function swap({ dataDir, stage, setAside, moving }: Swap): Promise<void> {
  if (setAside !== undefined) {
    await mkdir(setAside, { mode: 0o700 });
    for (const name of studioFirst(moving)) await rename(join(dataDir, name), join(setAside, name));
    if (moving.includes(SECRETS)) await copyFile(join(setAside, SECRETS), join(dataDir, SECRETS));
  }
  const arriving = (await readdir(stage)).filter((name) => !IGNORED.has(name));
  for (const name of studioFirst(arriving).toReversed()) {
    if (STAYING.has(name) && (await readdir(dataDir)).includes(name)) continue;
    await rename(join(stage, name), join(dataDir, name));
  }
  const folder = await open(dataDir, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function studioFirst(names: readonly string[]): readonly string[] {
  return names.toSorted((a, b) => Number(b === "studio.json") - Number(a === "studio.json"));
}
