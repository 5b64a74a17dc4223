import {
  type BigIntStats,
  close,
  constants,
  fdatasync,
  fdatasyncSync,
  fstat,
  fsync,
  ftruncate,
  futimes,
  lstatSync,
  open as openFd,
  read,
  write,
  writeSync,
} from "node:fs";
import * as fs from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { FileInfo, FsPort, OpenFile, OpenMode } from "./fs-port.ts";
import { systemCode } from "./fs-port.ts";

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const INODE_QUERY = { bigint: true, throwIfNoEntry: false } as const;
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
/** Absent on Windows, where each journal write is followed by a sync instead. */
const DURABLE_WRITES = constants.O_DSYNC;

const FLAGS: Readonly<Record<OpenMode, number>> = {
  read: constants.O_RDONLY | NO_FOLLOW,
  write: constants.O_RDWR | NO_FOLLOW,
  fresh: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC | NO_FOLLOW,
  journal: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW | (DURABLE_WRITES ?? 0),
};

/** The real file system below `root`. */
export function createNodeFs(root: string): FsPort {
  const base = path.resolve(root);

  function absolute(relative: string): string {
    const full = path.resolve(base, relative);
    if (full !== base && !full.startsWith(base + path.sep)) {
      throw new RangeError(`"${relative}" is outside of the data folder.`);
    }
    return full;
  }

  /** Names whose inode was asked for: the lock, over and over. */
  const asked = new Map<string, string>();

  return {
    absolute,
    open: (name, mode) => openFile(absolute(name), mode),
    async readFile(name, into) {
      const handle = await fs.open(absolute(name), FLAGS.read);
      try {
        return (into && (await readInto(handle, into))) ?? (await handle.readFile());
      } finally {
        await handle.close();
      }
    },
    async info(name) {
      try {
        return infoOf(await fs.lstat(absolute(name), { bigint: true }));
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    inodeNow(name) {
      const full = asked.get(name) ?? absolute(name);
      asked.set(name, full);
      return lstatSync(full, INODE_QUERY)?.ino;
    },
    async list(name) {
      try {
        return await fs.readdir(absolute(name));
      } catch (error) {
        if (isAbsent(error)) return [];
        throw error;
      }
    },
    async makeFolder(name) {
      await fs.mkdir(absolute(name), { recursive: true, mode: PRIVATE_FOLDER });
    },
    rename: (from, to) => fs.rename(absolute(from), absolute(to)),
    link: (from, to) => fs.link(absolute(from), absolute(to)),
    copy: (from, to) => fs.copyFile(absolute(from), absolute(to), constants.COPYFILE_FICLONE),
    remove: (name) => fs.rm(absolute(name), { force: true }),
    protect: (name, mode) => fs.chmod(absolute(name), mode),
    async syncFolder(name) {
      // Windows cannot open a folder to sync it; NTFS orders its renames itself.
      if (process.platform === "win32") return;
      const handle = await fs.open(absolute(name), constants.O_RDONLY);
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async replaceSmallFile(name, text) {
      const full = absolute(name);
      await writeFileAtomic(full, text, { mode: PRIVATE_FILE });
      // The library ignores short writes (see docs/decisions): what it says is done is read back.
      if ((await fs.readFile(full, "utf8")) !== text) {
        throw Object.assign(new Error(`${name} was not written whole.`), { code: "ENOSPC" });
      }
      await this.syncFolder(path.posix.dirname(name));
    },
  };
}

/** What a file holds, or `undefined` where that does not fit. */
async function readInto(handle: fs.FileHandle, into: Buffer): Promise<Buffer | undefined> {
  if ((await handle.stat()).size > into.length) return undefined;
  for (let end = 0; ;) {
    const { bytesRead } = await handle.read(into, end, into.length - end, end);
    end += bytesRead;
    if (bytesRead === 0) return into.subarray(0, end);
  }
}

async function openFile(full: string, mode: OpenMode): Promise<OpenFile> {
  const fd = await called<number>((done) => openFd(full, FLAGS[mode], PRIVATE_FILE, done));
  const syncsItself = mode !== "journal" || DURABLE_WRITES !== undefined;
  return {
    async write(bytes, position) {
      const taken = await called<number>((done) => write(fd, bytes, 0, bytes.byteLength, position, done));
      if (!syncsItself) await called<void>((done) => fdatasync(fd, done));
      return taken;
    },
    writeNow(bytes, position) {
      const taken = writeSync(fd, bytes, 0, bytes.byteLength, position);
      if (!syncsItself) fdatasyncSync(fd);
      return taken;
    },
    read: (bytes, position) => called((done) => read(fd, bytes, 0, bytes.byteLength, position, done)),
    truncate: (sizeBytes) => called<void>((done) => ftruncate(fd, sizeBytes, done)),
    datasync: () => called<void>((done) => fdatasync(fd, done)),
    sync: () => called<void>((done) => fsync(fd, done)),
    setModified: (epochMs) => called<void>((done) => futimes(fd, epochMs / 1000, epochMs / 1000, done)),
    info: async () => infoOf(await called<BigIntStats>((done) => fstat(fd, { bigint: true }, done))),
    close: () => called<void>((done) => close(fd, done)),
  };
}

/** A callback API as a promise: measurably cheaper than `FileHandle` on the journal's path. */
function called<T>(call: (done: (error: Error | null, value?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => {
      if (error === null || error === undefined) resolve(value as T);
      else reject(error);
    });
  });
}

function infoOf(stats: BigIntStats): FileInfo {
  const kind = stats.isFile()
    ? "file"
    : stats.isDirectory()
      ? "folder"
      : stats.isSymbolicLink()
        ? "link"
        : "other";
  // Rounded: a time set in fractional seconds comes back a few nanoseconds short.
  const mtimeMs = Math.round(Number(stats.mtimeNs) / 1e6);
  return { kind, sizeBytes: Number(stats.size), mtimeMs, inode: stats.ino };
}

function isAbsent(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}
