import { crc32 } from "node:zlib";
import { type FsPort, type OpenFile, systemCode } from "./fs-port.ts";
import { hexOf } from "./journal-codec.ts";

const READ_BYTES = 256 * 1024;
const HEAD = /^\{"version":\d{1,9},"savedAt":"[^"\\]{0,40}","seq":(\d{1,16}),"checksum":"([0-9a-f]{8})"/;

/** The `seq` of a document whose checksum fits, read in pieces; `undefined` for a missing or damaged one. */
export async function verifiedSeq(fs: FsPort, path: string): Promise<number | undefined> {
  const file = await fs.open(path, "read").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ELOOP") return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const chunk = Buffer.alloc(READ_BYTES);
    const taken = await file.read(chunk, 0);
    const head = HEAD.exec(chunk.toString("latin1", 0, Math.min(taken, 256)));
    if (head === null) return undefined;
    const end = head[0].length - 1;
    let checksum = crc32(chunk.subarray(0, end - 8));
    checksum = crc32(chunk.subarray(end, taken), checksum);
    checksum = await checksumOf(file, taken, checksum);
    return hexOf(checksum) === head[2] ? Number(head[1]) : undefined;
  } finally {
    await file.close();
  }
}

/** Checksum of a file from `position` on, read in pieces, added to the one so far. */
export async function checksumOf(file: OpenFile, position: number, sofar = 0): Promise<number> {
  const chunk = Buffer.alloc(READ_BYTES);
  let checksum = sofar;
  for (let at = position; ;) {
    const taken = await file.read(chunk, at);
    if (taken === 0) return checksum;
    checksum = crc32(chunk.subarray(0, taken), checksum);
    at += taken;
  }
}

export async function checksumOfFile(fs: FsPort, path: string): Promise<number> {
  const file = await fs.open(path, "read");
  try {
    return await checksumOf(file, 0);
  } finally {
    await file.close();
  }
}
