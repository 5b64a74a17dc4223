import { crc32 } from "node:zlib";
import {
  bodyPieces,
  CHECKSUM_BLANK,
  type DocumentHead,
  type DocumentSection,
  headBeforeChecksum,
} from "../core/document-text.ts";
import { type FileInfo, type FsPort, type OpenFile, systemCode } from "./fs-port.ts";
import { hexOf } from "./journal-codec.ts";
import { writeAll } from "./write-all.ts";

const SLICE_BYTES = 64 * 1024;
/** Syncing more than this at once makes journal writes wait for it. */
const SYNC_BYTES = 4 * 1024 * 1024;
const VERIFY_BYTES = 256 * 1024;

export interface DocumentWrite {
  readonly path: string;
  readonly head: DocumentHead;
  readonly sections: readonly DocumentSection[];
  /** Whether the file in place is one that the store wrote or checked, and so may become the `.backup`. */
  readonly rotate: boolean;
  /** Asked last of all: whether the file in place is the one that was looked at before. One that is not stays. */
  readonly isStill: () => Promise<boolean>;
}

/**
 * Puts a document in place: written beside it in slices, synced, read back, then the version before becomes `.backup`, then renamed.
 * At no instant is the name missing. Rejects with the old files as they were; `undefined`, with them as somebody else has made them,
 * when they were changed meanwhile.
 */
export async function writeDocument(fs: FsPort, write: DocumentWrite): Promise<FileInfo | undefined> {
  const { path } = write;
  const folder = folderOf(path);
  const temporary = `${path}.tmp`;
  await fs.makeFolder(folder);
  const file = await fs.open(temporary, "fresh");
  try {
    try {
      await writeSlices(file, write);
      await file.setModified(Date.parse(write.head.savedAt));
      await file.sync();
    } finally {
      await file.close();
    }
    // Writing a large document takes seconds, in which it may have been edited.
    if (!(await write.isStill())) {
      await fs.remove(temporary);
      return undefined;
    }
    if (write.rotate) await keepBefore(fs, path);
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.remove(temporary).catch(() => {
      // Written over by the next try; what stopped this one is what counts.
    });
    throw error;
  }
  await fs.syncFolder(folder);
  // A folder of its own may be new: its name must be as durable as what is in it.
  const parent = folderOf(folder);
  if (parent !== ".") await fs.syncFolder(parent);
  const info = await fs.info(path);
  if (info === undefined) throw new Error(`${path} was removed while it was put in place.`);
  return info;
}

async function writeSlices(file: OpenFile, { head, sections, path }: DocumentWrite): Promise<void> {
  const before = Buffer.from(headBeforeChecksum(head));
  await writeAll(file, Buffer.concat([before, Buffer.from(CHECKSUM_BLANK)]), 0);
  let checksum = crc32(before);
  let position = before.length + CHECKSUM_BLANK.length;
  let unsynced = 0;
  for (const bytes of slicesOf(bodyPieces(head, sections))) {
    checksum = crc32(bytes, checksum);
    await writeAll(file, bytes, position);
    position += bytes.length;
    unsynced += bytes.length;
    if (unsynced < SYNC_BYTES) continue;
    await file.datasync();
    unsynced = 0;
  }
  await writeAll(file, Buffer.from(hexOf(checksum)), before.length);
  if ((await checksumOf(file, before.length, position)) !== checksum) {
    throw new Error(`${path} was not written as it was meant; the version before stays.`);
  }
}

/** Text as bytes in slices, each valid until the next is asked for. */
function* slicesOf(pieces: Iterable<string>): Generator<Buffer, void, undefined> {
  const slice = Buffer.allocUnsafeSlow(SLICE_BYTES);
  let end = 0;
  for (const piece of pieces) {
    // No UTF-16 unit takes more than three bytes.
    const mostBytes = 3 * piece.length;
    if (end + mostBytes > SLICE_BYTES) {
      yield slice.subarray(0, end);
      end = 0;
    }
    if (mostBytes > SLICE_BYTES) yield Buffer.from(piece);
    else end += slice.write(piece, end);
  }
  yield slice.subarray(0, end);
}

/** Checksum of what the file now holds, all but the eight digits at `blankAt`, up to `sizeBytes`. */
async function checksumOf(file: OpenFile, blankAt: number, sizeBytes: number): Promise<number> {
  const head = Buffer.alloc(blankAt);
  await file.read(head, 0);
  let checksum = crc32(head);
  const chunk = Buffer.alloc(VERIFY_BYTES);
  let position = blankAt + CHECKSUM_BLANK.length;
  for (;;) {
    const taken = await file.read(chunk, position);
    if (taken === 0) break;
    checksum = crc32(chunk.subarray(0, taken), checksum);
    position += taken;
  }
  return position === sizeBytes ? checksum : -1;
}

/** Makes the version in place the `.backup` too, by a second name where the file system has them. */
async function keepBefore(fs: FsPort, path: string): Promise<void> {
  const backup = `${path}.backup`;
  const temporary = `${backup}.tmp`;
  await fs.remove(temporary);
  try {
    await fs.link(path, temporary);
  } catch (error) {
    if (!NO_LINKS.has(systemCode(error) ?? "")) throw error;
    await fs.copy(path, temporary);
    const copy = await fs.open(temporary, "write");
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
  }
  await fs.rename(temporary, backup);
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

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}
