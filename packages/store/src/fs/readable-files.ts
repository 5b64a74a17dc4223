import { COLLECTION_NAMES } from "@safelight/shared";
import type { Entry } from "../core/entry.ts";
import { hasReadableNames, readableNameOf } from "../core/readable-name.ts";
import type { StagedCommit } from "../core/staging.ts";
import type { StoreState } from "../core/store-state.ts";
import { folderOf } from "./document-writer.ts";
import type { FileBlobs } from "./file-blobs.ts";
import { type FsPort, systemCode } from "./fs-port.ts";
import { checksumOfFile } from "./verify-document.ts";

export interface ReadableFilesOptions {
  readonly fs: FsPort;
  readonly state: StoreState;
  readonly blobs: FileBlobs;
  readonly mayWrite: () => boolean;
  readonly onFailure: (path: string, error: unknown) => void;
}

/** Readable names for blobs: made after commits, never waited for by them, and made anew from the records at will. */
export interface ReadableFiles {
  note(commit: StagedCommit, replaced: readonly (Entry | undefined)[]): void;
  /** Makes one record's name, if it is missing. */
  ensure(entry: Entry): void;
  /** Makes every name that is missing, and removes those of the trash. */
  rebuild(): Promise<{ readonly made: number; readonly removed: number }>;
  /** Paths that records want to have for some bytes. */
  pathsOf(sha256: string): readonly string[];
  /** Links names anew that still stand for a file whose place another took. */
  relink(sha256: string, inode: bigint): void;
  /** Resolves when all that was noted is done. */
  idle(): Promise<void>;
  /** Resolves when nothing is being made any more; what is missing then is made after the next start. */
  stop(): Promise<void>;
}

/** What file systems without hard links answer. */
const NO_LINKS: ReadonlySet<string> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
  "EXDEV",
]);
const NAMES_AT_A_TIME = 200;

export function createReadableFiles(options: ReadableFilesOptions): ReadableFiles {
  const { fs, state, blobs } = options;
  let work: Promise<void> = Promise.resolve();
  let stopped = false;
  let rebuilding: Promise<{ readonly made: number; readonly removed: number }> | undefined;

  function later(path: string, task: () => Promise<unknown>): void {
    work = afterwards(work, path, task);
  }

  /** Does a piece of a rebuild among what commits ask for, never beside it. */
  function inTurn(task: () => Promise<void>): Promise<void> {
    const before = work;
    const done = (async () => {
      await before;
      await task();
    })();
    // Whoever rebuilds is told; those who wait go on.
    work = done.catch(() => undefined);
    return done;
  }

  async function afterwards(
    before: Promise<void>,
    path: string,
    task: () => Promise<unknown>,
  ): Promise<void> {
    await before;
    if (stopped || !options.mayWrite()) return;
    try {
      await task();
    } catch (error) {
      options.onFailure(path, error);
    }
  }

  /** Resolves to whether the name had to be made. A name that stands for other bytes is left: the first one has it. */
  async function make(path: string, sha256: string): Promise<boolean> {
    if ((await fs.info(path)) !== undefined) return false;
    const source = await blobs.locate(sha256);
    if (source === undefined) return false;
    const folder = folderOf(path);
    await fs.makeFolder(folder);
    if ((await fs.info(folder))?.kind !== "folder") throw new Error(`${folder} is not a folder.`);
    try {
      await fs.link(source, path);
    } catch (error) {
      const code = systemCode(error) ?? "";
      if (code === "EEXIST") return false;
      if (!NO_LINKS.has(code)) throw error;
      await fs.copy(source, path);
    }
    return true;
  }

  /** Removes a name, if it stands for these bytes. Resolves to whether it did. */
  async function unmake(path: string, sha256: string): Promise<boolean> {
    const named = await fs.info(path);
    if (named?.kind !== "file") return false;
    const source = await blobs.locate(sha256);
    const original = source === undefined ? undefined : await fs.info(source);
    if (source === undefined || original === undefined) return false;
    const isLink = original.inode === named.inode;
    if (!isLink && (original.sizeBytes !== named.sizeBytes || !(await sameBytes(source, path)))) return false;
    await fs.remove(path);
    return true;
  }

  function pathsOf(sha256: string): readonly string[] {
    const paths: string[] = [];
    for (const collection of COLLECTION_NAMES.filter(hasReadableNames)) {
      for (const entry of state.entries(collection).values()) {
        if (entry.json?.includes(sha256) !== true) continue;
        const name = readableNameOf(entry);
        if (name?.sha256 === sha256) paths.push(name.path);
      }
    }
    return paths;
  }

  async function remake(path: string, sha256: string, inode: bigint): Promise<void> {
    if ((await fs.info(path))?.inode !== inode) return;
    await fs.remove(path);
    await make(path, sha256);
  }

  /** A copy is told from somebody's own file by its bytes. */
  async function sameBytes(one: string, other: string): Promise<boolean> {
    return (await checksumOfFile(fs, one)) === (await checksumOfFile(fs, other));
  }

  async function rebuild() {
    let made = 0;
    let removed = 0;
    const wanted = new Set<string>();
    const trashed: Entry[] = [];
    for (const collection of COLLECTION_NAMES.filter(hasReadableNames)) {
      const ids = Array.from(state.entries(collection).keys());
      for (const [at, id] of ids.entries()) {
        // Lets the event loop go on: with many records this takes a while.
        if (at % NAMES_AT_A_TIME === 0) await new Promise((resolve) => void setImmediate(resolve));
        if (stopped || !options.mayWrite()) return { made, removed };
        await inTurn(async () => {
          // As it is now: commits go on meanwhile.
          const entry = state.entry(collection, id);
          const name = entry === undefined ? undefined : readableNameOf(entry);
          if (name === undefined) {
            if (entry !== undefined) trashed.push(entry);
            return;
          }
          wanted.add(name.path);
          if (await make(name.path, name.sha256)) made += 1;
        });
      }
    }
    for (const entry of trashed) {
      if (stopped || !options.mayWrite()) break;
      await inTurn(async () => {
        if (state.entry(entry.collection, entry.id) !== entry) return;
        const name = readableNameOf(withoutDeletion(entry));
        if (name === undefined || wanted.has(name.path)) return;
        if (await unmake(name.path, name.sha256)) removed += 1;
      });
    }
    return { made, removed };
  }

  return {
    ensure(entry) {
      const is = readableNameOf(entry);
      if (is !== undefined) later(is.path, () => make(is.path, is.sha256));
    },
    note({ effect }, replaced) {
      for (const [at, entry] of (effect?.entries ?? []).entries()) {
        if (!hasReadableNames(entry.collection)) continue;
        const before = replaced[at];
        const was = before === undefined ? undefined : readableNameOf(before);
        const is = readableNameOf(entry);
        if (was?.path === is?.path && was?.sha256 === is?.sha256) continue;
        if (was !== undefined) later(was.path, () => unmake(was.path, was.sha256));
        if (is !== undefined) later(is.path, () => make(is.path, is.sha256));
      }
    },

    rebuild() {
      rebuilding ??= rebuild().finally(() => {
        rebuilding = undefined;
      });
      return rebuilding;
    },

    pathsOf,
    relink(sha256, inode) {
      for (const path of pathsOf(sha256)) later(path, () => remake(path, sha256, inode));
    },
    idle: () => work,
    async stop() {
      stopped = true;
      await work;
      // Whoever asked for it hears of its end.
      await rebuilding?.catch(() => undefined);
    },
  };
}

/** A record of the trash as it was before, for finding the name that it had. */
function withoutDeletion(entry: Entry): Entry {
  if (entry.json === undefined) return entry;
  const record: Record<string, unknown> = JSON.parse(entry.json);
  delete record["deletedAt"];
  return { ...entry, json: JSON.stringify(record), parsed: undefined };
}
