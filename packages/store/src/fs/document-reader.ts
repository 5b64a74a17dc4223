import { isJsonObject, type JsonObject } from "@safelight/shared";
import { FORMAT_VERSION } from "../core/document-text.ts";
import { StoreError } from "../store-error.ts";
import type { FileInfo, FsPort } from "./fs-port.ts";
import type { DocumentLines } from "./document-lines.ts";
import { parseWritten, readInPieces, type WrittenDocument } from "./written-document.ts";
import { storeErrorOf } from "./store-error-of.ts";

/** What a document's file turned out to be. */
export type DocumentReading =
  | { readonly kind: "missing" }
  /** As the store wrote it. */
  | {
      readonly kind: "good";
      readonly seq: number;
      readonly header: JsonObject;
      readonly entries: DocumentLines["entries"];
      readonly sections: DocumentLines["sections"];
      readonly info: FileInfo;
    }
  /** Readable JSON of the right outer shape, but not as the store wrote it: somebody edited or made it. */
  | {
      readonly kind: "edited";
      /** Absent in a file that somebody made. */
      readonly seq: number | undefined;
      readonly value: JsonObject;
      readonly info: FileInfo;
    }
  | { readonly kind: "damaged"; readonly reason: string };

/** A larger document is read in pieces, and as a whole only if it is not what it should be. */
const LARGE_BYTES = 4 * 1024 * 1024;

/** Reads and classifies a document, or another file (`home` is its document then). Throws `store.version` for a newer one, `store.unreadable` when the disk fails. */
export async function readDocument(fs: FsPort, path: string, home = path): Promise<DocumentReading> {
  const info = await infoOf(fs, path);
  if (info === undefined) return { kind: "missing" };
  if (info.kind !== "file") return { kind: "damaged", reason: `it is not a file but a ${info.kind}` };
  const isLarge = info.sizeBytes > LARGE_BYTES;
  const inPieces = isLarge ? await readable(path, () => readInPieces(fs, path, home)) : undefined;
  if (inPieces !== undefined) return goodReading(inPieces, path, info);
  const bytes = await bytesOf(fs, path);
  const whole = parseWritten(bytes, home);
  if (whole !== undefined) return goodReading(whole, path, info);
  const value = parseJson(bytes);
  if (value === undefined) return { kind: "damaged", reason: "it is not readable JSON" };
  const { seq, savedAt } = value;
  // The store sets a document's time of change to what its header says: rot leaves that as it is, an editor does not.
  if (typeof savedAt === "string" && Date.parse(savedAt) === info.mtimeMs) {
    return { kind: "damaged", reason: "its checksum does not fit, though nobody saved it since" };
  }
  if (typeof value["version"] === "number") refuseNewer(value["version"], path);
  const known = typeof seq === "number" && Number.isSafeInteger(seq) && seq >= 0 && "checksum" in value;
  return { kind: "edited", seq: known ? seq : undefined, value, info };
}

function goodReading({ version, ...rest }: WrittenDocument, path: string, info: FileInfo): DocumentReading {
  refuseNewer(version, path);
  return { kind: "good", ...rest, info };
}

/** All bytes of a file of the store; a disk fault must never look like an absent or empty file. */
export function bytesOf(fs: FsPort, path: string, into?: Buffer): Promise<Buffer> {
  return readable(path, () => fs.readFile(path, into));
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const known = storeErrorOf(error);
    if (known instanceof StoreError && known.code === "store.busy") throw known;
    throw new StoreError("store.unreadable", {
      detail: `${path} cannot be read; nothing was changed. Check the disk and the file's permissions.`,
      cause: error,
    });
  }
}

async function infoOf(fs: FsPort, path: string): Promise<FileInfo | undefined> {
  try {
    return await fs.info(path);
  } catch (error) {
    throw new StoreError("store.unreadable", { detail: `${path} cannot be looked at.`, cause: error });
  }
}

function refuseNewer(version: number, path: string): void {
  if (version <= FORMAT_VERSION) return;
  throw new StoreError("store.version", {
    detail: `${path} has format ${version}; this Safelight reads up to ${FORMAT_VERSION}. Nothing was changed.`,
  });
}

function parseJson(bytes: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Unreadable is an answer here, not a fault.
    return undefined;
  }
}
