import { createHash, randomUUID } from "node:crypto";
import { extensionOf } from "@safelight/shared";
import type { BlobStore, BlobWriteOptions, StoredBlob } from "../blob-store.ts";
import { blobRef, checkAnnounced, clampRange, isSha256, limited, SNIFF_BYTES } from "../core/blob-intake.ts";
import { createKeyedTurns } from "../keyed-turns.ts";
import { sniffMime } from "../sniff-mime.ts";
import { StoreError } from "../store-error.ts";
import { hashOfFile } from "./blob-hash.ts";
import { type FsPort, type OpenFile, systemCode } from "./fs-port.ts";
import { writeAll } from "./write-all.ts";
import { blobErrorOf } from "./store-error-of.ts";

export const BLOBS_FOLDER = "blobs";
const INCOMING_FOLDER = `${BLOBS_FOLDER}/incoming`;
/** Ends the name of a blob that is about to be removed. */
const REMOVED = ".removed";
const READ_BYTES = 256 * 1024;
/** Originals are never changed. */
const READ_ONLY = 0o444;
const WRITABLE = 0o600;
/** Kinds of blobs remembered, so that they are not sniffed again. */
const MAX_REMEMBERED = 50_000;

/** Blobs with the names of their files, for those who link to them. */
export interface FileBlobs extends BlobStore {
  /** Path of a blob's file, or `undefined` when it is not here. */
  locate(sha256: string): Promise<string | undefined>;
  /** Removes what writes that were cut off have left behind; a removal that was cut off is undone. */
  clearIncoming(): Promise<void>;
  /** Puts the bytes of another file in place, if they are the right ones. Resolves to whether they were. */
  mend(sha256: string, from: string): Promise<boolean>;
  /** Removes a blob if that is still due. Resolves to whether it is gone. */
  discard(sha256: string, due: RemovalCheck): Promise<boolean>;
}

export interface RemovalCheck {
  /** Whether bytes that last came then, in epoch ms, may go. */
  isOld(mtimeMs: number): boolean;
  /** Whether something names them after all: asked when nobody can reach them any more. */
  isNamed(): Promise<boolean>;
}

export interface FileBlobsOptions {
  readonly fs: FsPort;
  /** Current time in epoch ms. */
  readonly now: () => number;
  /** The error that a write gets now; `undefined` while it is welcome. */
  readonly refusal: () => StoreError | undefined;
  /** Called when a file that was there gave way to another: names that were linked to it still are. */
  readonly onReplaced: (sha256: string, inode: bigint) => void;
}

export function createFileBlobs({ fs, now, refusal, onReplaced }: FileBlobsOptions): FileBlobs {
  const turns = createKeyedTurns();
  const remembered = new Map<string, { readonly path: string; readonly stored: StoredBlob }>();

  async function find(sha256: string): Promise<{ path: string; stored: StoredBlob } | undefined> {
    if (!isSha256(sha256)) return undefined;
    const known = remembered.get(sha256);
    if (known !== undefined) {
      const info = await fs.info(known.path);
      if (info?.kind === "file") return known;
      remembered.delete(sha256);
    }
    const folder = shardOf(sha256);
    const name = (await fs.list(folder)).find((candidate) => candidate.startsWith(`${sha256}.`));
    if (name === undefined) return undefined;
    const path = `${folder}/${name}`;
    const info = await fs.info(path);
    // Never followed: a link could lead out of the data folder.
    if (info?.kind !== "file") return undefined;
    const file = await opened(fs, path);
    try {
      const head = Buffer.alloc(Math.min(SNIFF_BYTES, info.sizeBytes));
      await file.read(head, 0);
      const stored = { sha256, sizeBytes: info.sizeBytes, mime: await sniffMime(head) };
      return remember(path, stored);
    } finally {
      await file.close();
    }
  }

  function remember(path: string, stored: StoredBlob) {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const blob = { path, stored };
    remembered.set(stored.sha256, blob);
    return blob;
  }

  async function held(sha256: string) {
    const blob = await find(sha256).catch((error: unknown) => {
      throw blobErrorOf(error);
    });
    if (blob === undefined) throw new StoreError("blob.missing");
    return blob;
  }

  async function receive(file: OpenFile, source: AsyncIterable<Uint8Array>, options: BlobWriteOptions) {
    const hash = createHash("sha256");
    let sizeBytes = 0;
    for await (const chunk of limited(source, options)) {
      hash.update(chunk);
      await writeAll(file, chunk, sizeBytes);
      sizeBytes += chunk.byteLength;
    }
    const sha256 = hash.digest("hex");
    checkAnnounced(sha256, options.sha256);
    const head = Buffer.alloc(Math.min(SNIFF_BYTES, sizeBytes));
    await file.read(head, 0);
    await file.sync();
    return { sha256, sizeBytes, mime: await sniffMime(head) };
  }

  /** Gives received bytes their name, unless the same bytes have it already. */
  async function settle(temporary: string, stored: StoredBlob): Promise<void> {
    const folder = shardOf(stored.sha256);
    const path = `${folder}/${stored.sha256}.${extensionOf(stored.mime)}`;
    await fs.makeFolder(folder);
    if ((await fs.info(folder))?.kind !== "folder") {
      throw new StoreError("store.unreadable", { detail: `${folder} is a link; it is not followed.` });
    }
    const there = await fs.info(path);
    const isThere = there?.kind === "file" && (await isWhole(path, stored.sha256)) && (await touched(path));
    if (isThere) await fs.remove(temporary);
    else {
      await fs.protect(temporary, READ_ONLY);
      await fs.rename(temporary, path);
      if (there?.kind === "file") onReplaced(stored.sha256, there.inode);
    }
    // Also when the bytes were there: whoever put them there may not have come this far.
    await fs.syncFolder(folder);
    await fs.syncFolder(BLOBS_FOLDER);
    remember(path, stored);
  }

  /** Bytes that come again are the chance to mend those that went bad. */
  async function isWhole(path: string, sha256: string): Promise<boolean> {
    try {
      return (await hashOfFile(fs, path)) === sha256;
    } catch (error) {
      if (systemCode(error) === "EIO") return false;
      throw error;
    }
  }

  /** Starts the days of grace anew. `false` where the system does not let us: the file is put in place anew then. */
  async function touched(path: string): Promise<boolean> {
    const file = await fs.open(path, "read");
    try {
      await file.setModified(now());
      return true;
    } catch {
      // Some systems want the file open for writing, which it never is.
      return false;
    } finally {
      await file.close();
    }
  }

  async function mend(sha256: string, from: string): Promise<boolean> {
    const damaged = await find(sha256);
    if (damaged === undefined) return false;
    const temporary = `${INCOMING_FOLDER}/${randomUUID()}`;
    await fs.makeFolder(INCOMING_FOLDER);
    try {
      await fs.copy(from, temporary);
      if ((await hashOfFile(fs, temporary)) !== sha256) return false;
      await fs.protect(temporary, WRITABLE);
      const file = await fs.open(temporary, "write");
      await file.sync().finally(() => file.close());
      await fs.protect(temporary, READ_ONLY);
      const { inode } = (await fs.info(damaged.path)) ?? {};
      await fs.rename(temporary, damaged.path);
      await fs.syncFolder(shardOf(sha256));
      remembered.delete(sha256);
      if (inode !== undefined) onReplaced(sha256, inode);
      return true;
    } finally {
      await fs.remove(temporary);
    }
  }

  async function discard(sha256: string, due: RemovalCheck): Promise<boolean> {
    const blob = await find(sha256);
    const info = blob === undefined ? undefined : await fs.info(blob.path);
    if (blob === undefined || info === undefined || !due.isOld(info.mtimeMs)) return false;
    const aside = `${INCOMING_FOLDER}/${blob.path.slice(shardOf(sha256).length + 1)}${REMOVED}`;
    await fs.makeFolder(INCOMING_FOLDER);
    await fs.rename(blob.path, aside);
    remembered.delete(sha256);
    let isGone = false;
    try {
      if (await due.isNamed()) return false;
      await fs.remove(aside);
      isGone = true;
    } finally {
      if (!isGone) await fs.rename(aside, blob.path);
    }
    await fs.syncFolder(shardOf(sha256));
    return true;
  }

  return {
    async write(source, options = {}) {
      const refused = refusal();
      if (refused !== undefined) throw refused;
      const temporary = `${INCOMING_FOLDER}/${randomUUID()}`;
      try {
        await fs.makeFolder(INCOMING_FOLDER);
        const file = await fs.open(temporary, "fresh");
        const stored = await receive(file, source, options).finally(() => file.close());
        await turns.take(stored.sha256, () => settle(temporary, stored));
        return blobRef(stored, options.name);
      } catch (error) {
        await fs.remove(temporary).catch(() => {
          // What stopped the write stops this too; the next start clears the folder.
        });
        throw blobErrorOf(error);
      }
    },
    async stat(sha256) {
      try {
        return (await find(sha256))?.stored;
      } catch (error) {
        throw blobErrorOf(error);
      }
    },
    locate: async (sha256) => (await find(sha256))?.path,
    async read(sha256, range) {
      const { path, stored } = await held(sha256);
      return readPart(fs, path, clampRange(stored.sizeBytes, range));
    },
    async file(sha256) {
      const found = await find(sha256);
      return found === undefined ? undefined : fs.absolute(found.path);
    },
    async bytes(sha256) {
      const { path } = await held(sha256);
      try {
        return await fs.readFile(path);
      } catch (error) {
        throw blobErrorOf(error);
      }
    },
    mend: (sha256, from) => turns.take(sha256, () => mend(sha256, from)),
    discard: (sha256, due) => turns.take(sha256, () => discard(sha256, due)),
    async clearIncoming() {
      for (const name of await fs.list(INCOMING_FOLDER)) {
        const path = `${INCOMING_FOLDER}/${name}`;
        const target = `${shardOf(name)}/${name.slice(0, -REMOVED.length)}`;
        // Whether something names it after all was still to be asked.
        if (isSha256(name.slice(0, 64)) && name.endsWith(REMOVED) && (await fs.info(target)) === undefined) {
          await fs.rename(path, target);
          await fs.syncFolder(shardOf(name));
        } else await fs.remove(path);
      }
    },
  };
}

async function* readPart(
  fs: FsPort,
  path: string,
  part: { readonly start: number; readonly end: number } | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (part === undefined) return;
  // Opened when reading begins: a stream that nobody reads holds no file open.
  const file = await opened(fs, path);
  try {
    for (let position = part.start; position <= part.end;) {
      const chunk = Buffer.allocUnsafe(Math.min(READ_BYTES, part.end + 1 - position));
      const taken = await file.read(chunk, position);
      if (taken === 0) throw new StoreError("store.unreadable", { detail: "A blob ends too early." });
      position += taken;
      yield chunk.subarray(0, taken);
    }
  } finally {
    await file.close();
  }
}

async function opened(fs: FsPort, path: string): Promise<OpenFile> {
  try {
    return await fs.open(path, "read");
  } catch (error) {
    throw blobErrorOf(error);
  }
}

function shardOf(sha256: string): string {
  return `${BLOBS_FOLDER}/${sha256.slice(0, 2)}`;
}
