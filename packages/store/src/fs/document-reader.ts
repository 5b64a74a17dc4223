import { crc32 } from "node:zlib";
import { isJsonObject, type JsonObject } from "@safelight/shared";
import { FORMAT_VERSION } from "../core/document-text.ts";
import { StoreError } from "../store-error.ts";
import type { FileInfo, FsPort } from "./fs-port.ts";
import { hexOf } from "./journal-codec.ts";
import { storeErrorOf } from "./store-error-of.ts";

/** One record of a document: its text without the `seq` that stands before it in the line. */
export interface DocumentLine {
  readonly seq: number;
  readonly id: string;
  readonly json: string;
}

/** What a document's file turned out to be. */
export type DocumentReading =
  | { readonly kind: "missing" }
  /** As the store wrote it. */
  | {
      readonly kind: "good";
      readonly seq: number;
      readonly header: JsonObject;
      readonly sections: ReadonlyMap<string, readonly DocumentLine[]>;
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

const HEAD = /^\{"version":(\d{1,9}),"savedAt":"([^"\\]{0,40})","seq":(\d{1,16}),"checksum":"([0-9a-f]{8})"/;

/** Reads and classifies a document. Throws `store.version` for a newer one, `store.unreadable` when the disk fails. */
export async function readDocument(fs: FsPort, path: string): Promise<DocumentReading> {
  const info = await infoOf(fs, path);
  if (info === undefined) return { kind: "missing" };
  if (info.kind !== "file") return { kind: "damaged", reason: `it is not a file but a ${info.kind}` };
  const bytes = await bytesOf(fs, path);
  const head = HEAD.exec(bytes.toString("latin1", 0, 256));
  if (head !== null && checksumFits(bytes, head)) {
    refuseNewer(Number(head[1]), path);
    const good = parseGood(bytes, Number(head[3]), info);
    if (good !== undefined) return good;
  }
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

/** All bytes of a file of the store; a disk fault must never look like an absent or empty file. */
export async function bytesOf(fs: FsPort, path: string, into?: Buffer): Promise<Buffer> {
  try {
    return await fs.readFile(path, into);
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

/** The checksum covers every byte of the file but its own eight digits. */
function checksumFits(bytes: Buffer, head: RegExpExecArray): boolean {
  const end = head[0].length - 1;
  const start = end - 8;
  const before = crc32(bytes.subarray(0, start));
  return hexOf(crc32(bytes.subarray(end), before)) === head[4];
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

/** Takes a file apart that the store wrote, without parsing its records. */
function parseGood(
  bytes: Buffer,
  seq: number,
  info: FileInfo,
): Extract<DocumentReading, { kind: "good" }> | undefined {
  const headEnd = bytes.indexOf("\n");
  if (headEnd < 0) return undefined;
  const header = parseJson(Buffer.from(`${bytes.toString("utf8", 0, headEnd).replace(/,$/, "")}}`));
  if (header === undefined) return undefined;
  const sections = new Map<string, DocumentLine[]>();
  let section: DocumentLine[] | undefined;
  for (let start = headEnd + 1; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (bytes[start] === BRACE && end - start > 1) {
      const line = parseLine(bytes, start, end);
      if (line === undefined || section === undefined) return undefined;
      section.push(line);
    } else if (bytes[start] === QUOTE) {
      const name = /^"(\w+)":\[/.exec(bytes.toString("latin1", start, end))?.[1];
      if (name === undefined) return undefined;
      section = [];
      sections.set(name, section);
    }
    start = end + 1;
  }
  return { kind: "good", seq, header, sections, info };
}

const NEWLINE = 0x0a;
const BRACE = 0x7b;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** `{"seq":12,"id":"job-1",…},` in bytes: the id is plain ASCII without escapes. */
function parseLine(bytes: Buffer, start: number, end: number): DocumentLine | undefined {
  const stop = bytes[end - 1] === COMMA ? end - 1 : end;
  let seq = 0;
  let at = start + SEQ_KEY.length;
  for (; at < stop && bytes[at] !== COMMA; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    seq = seq * 10 + digit;
  }
  const comma = at;
  const idStart = comma + ID_KEY.length;
  const idEnd = bytes.indexOf(QUOTE, idStart);
  if (!startsWith(bytes, start, SEQ_KEY) || idEnd < 0 || idEnd >= stop) return undefined;
  // In place of the comma: saves joining two strings for each record.
  bytes[comma] = BRACE;
  const json = bytes.toString("utf8", comma, stop);
  bytes[comma] = COMMA;
  return { seq, id: bytes.toString("latin1", idStart, idEnd), json };
}

function startsWith(bytes: Buffer, start: number, ascii: string): boolean {
  for (let at = 0; at < ascii.length; at += 1) {
    if (bytes[start + at] !== ascii.charCodeAt(at)) return false;
  }
  return true;
}

const SEQ_KEY = '{"seq":';
const ID_KEY = ',"id":"';
