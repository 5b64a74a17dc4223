import type { DatabaseSync } from "node:sqlite";
import { hostname } from "node:os";
import { StoreError } from "../store-error.ts";
import type { FsPort } from "./fs-port.ts";
import { startErrorOf } from "./start-error-of.ts";

/** Who holds a data folder; for people, never for deciding. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

export interface FileLock {
  /** Whether the lock file that we hold is still the one in place. Takes a few microseconds. */
  isHeld(): boolean;
  release(): Promise<void>;
}

const LOCK_FILE = "lock";
const HOLDER_FILE = "lock.json";

/**
 * Takes the data folder for this process, or throws `store.locked`. The kernel holds the lock (SQLite's, on an empty
 * file), so it ends with the process however that dies, and a stale file locks nobody out.
 *
 * Hazard: POSIX drops a process's locks on a file when that process closes any descriptor of it. Nothing else in this
 * process may open `lock`; who holds it is therefore told by `lock.json`.
 */
export async function takeLock(fs: FsPort, now: string): Promise<FileLock> {
  const { DatabaseSync: Database } = process.getBuiltinModule("node:sqlite");
  let database: DatabaseSync | undefined;
  try {
    database = new Database(fs.absolute(LOCK_FILE));
    database.exec("PRAGMA journal_mode=MEMORY; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    if (!isBusy(error)) throw await whyNotTaken(fs, error);
    const holder = await readHolder(fs);
    const who =
      holder === undefined ? "" : ` (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
    throw new StoreError("store.locked", {
      detail: `Another process holds this data folder${who}. Stop it, or use another folder.`,
      cause: error,
    });
  }
  const held = database;
  const inode = fs.inodeNow(LOCK_FILE);
  const holder: LockHolder = { pid: process.pid, host: hostname(), since: now };
  try {
    await fs.protect(LOCK_FILE, 0o600);
    await fs.replaceSmallFile(HOLDER_FILE, `${JSON.stringify(holder)}\n`);
  } catch (error) {
    held.close();
    throw error;
  }
  let released = false;
  return {
    isHeld: () => !released && inode !== undefined && fs.inodeNow(LOCK_FILE) === inode,
    async release() {
      released = true;
      if (fs.inodeNow(LOCK_FILE) === inode) await fs.remove(HOLDER_FILE);
      held.close();
    },
  };
}

/** Who says to hold the folder; `undefined` when nobody does, or in words that cannot be read. */
export async function readHolder(fs: FsPort): Promise<LockHolder | undefined> {
  try {
    const value: unknown = JSON.parse((await fs.readFile(HOLDER_FILE)).toString());
    if (typeof value !== "object" || value === null) return undefined;
    const { pid, host, since } = value as Partial<LockHolder>;
    if (typeof pid !== "number" || typeof host !== "string" || typeof since !== "string") return undefined;
    return { pid, host, since };
  } catch {
    // The note is only for the message; the lock itself is the kernel's.
    return undefined;
  }
}

/**
 * SQLite says no more than that it cannot open or write its file. Another name in the folder tells why; the lock's own must not be
 * opened here.
 */
async function whyNotTaken(fs: FsPort, cause: unknown): Promise<StoreError> {
  try {
    await (await fs.open(PROBE_FILE, "fresh")).close();
    await fs.remove(PROBE_FILE);
  } catch (error) {
    return startErrorOf(error);
  }
  return new StoreError("store.not-writable", {
    detail: `The file "${LOCK_FILE}" in the data folder is read-only for the studio. Give it the right to write that file, or remove it while no studio runs; then start again.`,
    cause,
  });
}

const PROBE_FILE = "lock.probe";
const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}
