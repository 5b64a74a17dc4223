/** What stands under a name; symlinks are told as such and never followed. */
export interface FileInfo {
  readonly kind: "file" | "folder" | "link" | "other";
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly inode: bigint;
}

export interface OpenFile {
  /** Bytes taken, which may be fewer than given. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** The same before it returns: for short writes to a disk that is known to be fast. Throws what `write` rejects with. */
  writeNow(bytes: Uint8Array, position: number): number;
  /** Bytes read into `bytes`; 0 at the end. */
  read(bytes: Uint8Array, position: number): Promise<number>;
  truncate(sizeBytes: number): Promise<void>;
  /** Makes the content durable, and what is needed to read it back. */
  datasync(): Promise<void>;
  sync(): Promise<void>;
  setModified(epochMs: number): Promise<void>;
  info(): Promise<FileInfo>;
  close(): Promise<void>;
}

/**
 * How a file is opened. `read`; `write`: an existing one; `fresh`: made anew, an older one is emptied;
 * `journal`: made anew and must not exist, each write is durable when it returns.
 */
export type OpenMode = "read" | "write" | "fresh" | "journal";

/**
 * All of the file system that the store uses; faults are injected here. Paths are relative to the data folder, with
 * `/`. Rejects with the system's error (`code`: `ENOSPC`, `EIO`, …).
 */
export interface FsPort {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /** All bytes of a file; in `into`, where they fit, so that reading many files takes the memory of one. */
  readFile(path: string, into?: Buffer): Promise<Buffer>;
  /** `undefined` when nothing has that name. */
  info(path: string): Promise<FileInfo | undefined>;
  /** Inode of a name now, without waiting: a few microseconds. */
  inodeNow(path: string): bigint | undefined;
  /** Names in a folder; empty when there is no such folder. */
  list(path: string): Promise<readonly string[]>;
  makeFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  /** Not an error when nothing has that name. */
  remove(path: string): Promise<void>;
  protect(path: string, mode: number): Promise<void>;
  /** Makes the names of a folder durable. */
  syncFolder(path: string): Promise<void>;
  /** Replaces a small file whole, or leaves it as it was; durable and verified when it resolves. */
  replaceSmallFile(path: string, text: string): Promise<void>;
  /** The path as the system knows it, for libraries that open files themselves. */
  absolute(path: string): string;
}

/** The system's code of an error: `ENOSPC`, `EIO`, …; `undefined` for errors that are not the system's. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
