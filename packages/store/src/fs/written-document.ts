import { crc32 } from "node:zlib";
import { isJsonObject, type JsonObject } from "@safelight/shared";
import { createDocumentLines, type DocumentLines } from "./document-lines.ts";
import type { FsPort, OpenFile } from "./fs-port.ts";
import { hexOf } from "./journal-codec.ts";

/** A document that is as the store wrote it. */
export interface WrittenDocument {
  readonly version: number;
  readonly seq: number;
  readonly header: JsonObject;
  readonly entries: DocumentLines["entries"];
  readonly sections: DocumentLines["sections"];
}

const HEAD = /^\{"version":(\d{1,9}),"savedAt":"([^"\\]{0,40})","seq":(\d{1,16}),"checksum":"([0-9a-f]{8})"/;
const HEAD_BYTES = 256;
const PIECE_BYTES = 1024 * 1024;

/** `undefined` when any of the bytes is not as the store writes it. `home`: the document that its records belong to. */
export function parseWritten(bytes: Buffer, home: string): WrittenDocument | undefined {
  const head = readHead(bytes);
  if (head === undefined || hexOf(checksumFrom(head, bytes)) !== head.checksum) return undefined;
  const lines = createDocumentLines(home);
  if (lines.take(bytes, 0, bytes.length, true) === undefined) return undefined;
  return writtenDocument(head, lines);
}

/**
 * Reads a document in pieces, the next one while the last is taken apart, into memory that is used again: fresh memory for a large file
 * costs more than reading it. `undefined` when it is not as the store writes it, or has lines longer than a piece.
 */
export async function readInPieces(
  fs: FsPort,
  path: string,
  home: string,
): Promise<WrittenDocument | undefined> {
  const file = await fs.open(path, "read");
  try {
    return await takePieces(file, home);
  } finally {
    await file.close();
  }
}

async function takePieces(file: OpenFile, home: string): Promise<WrittenDocument | undefined> {
  const lines = createDocumentLines(home);
  let [current, next] = [createPiece(), createPiece()];
  let position = await fill(file, current, 0);
  const head = readHead(current.bytes.subarray(current.start, current.end));
  if (head === undefined) return undefined;
  let checksum = checksumFrom(head, current.bytes.subarray(current.start, current.end));
  for (;;) {
    const filling = fill(file, next, position);
    const stopped = lines.take(current.bytes, current.start, current.end, false);
    const end = await filling;
    if (stopped === undefined || !carry(current, stopped, next)) return undefined;
    if (end === position) break;
    checksum = crc32(next.bytes.subarray(PIECE_BYTES, next.end), checksum);
    position = end;
    [current, next] = [next, current];
  }
  if (lines.take(next.bytes, next.start, next.end, true) === undefined) return undefined;
  return hexOf(checksum) === head.checksum ? writtenDocument(head, lines) : undefined;
}

interface Head {
  readonly version: number;
  readonly seq: number;
  readonly checksum: string;
  /** Where the checksum ends. */
  readonly checksumEnd: number;
}

function readHead(bytes: Buffer): Head | undefined {
  const match = HEAD.exec(bytes.toString("latin1", 0, HEAD_BYTES));
  if (match === null) return undefined;
  const checksumEnd = match[0].length - 1;
  return { version: Number(match[1]), seq: Number(match[3]), checksum: match[4] ?? "", checksumEnd };
}

/** The checksum of a file's beginning: it covers every byte but its own eight digits. */
function checksumFrom({ checksum, checksumEnd }: Head, bytes: Buffer): number {
  return crc32(bytes.subarray(checksumEnd), crc32(bytes.subarray(0, checksumEnd - checksum.length)));
}

function writtenDocument({ version, seq }: Head, lines: DocumentLines): WrittenDocument | undefined {
  const header = parseHeader(lines.head);
  return header === undefined
    ? undefined
    : { version, seq, header, entries: lines.entries, sections: lines.sections };
}

function parseHeader(line: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(`${line?.replace(/,$/, "")}}`);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not a line that the store wrote.
    return undefined;
  }
}

/** A piece stands in the second half of its memory; the beginning of a line that the piece before left off stands in front of it. */
interface Piece {
  readonly bytes: Buffer;
  start: number;
  end: number;
}

function createPiece(): Piece {
  return { bytes: Buffer.allocUnsafeSlow(2 * PIECE_BYTES), start: PIECE_BYTES, end: PIECE_BYTES };
}

/** Reads the next piece; resolves to the position after it, the same at the end of the file. */
async function fill(file: OpenFile, piece: Piece, position: number): Promise<number> {
  piece.start = PIECE_BYTES;
  piece.end = PIECE_BYTES;
  while (piece.end < piece.bytes.length) {
    const taken = await file.read(piece.bytes.subarray(piece.end), position + piece.end - PIECE_BYTES);
    if (taken === 0) break;
    piece.end += taken;
  }
  return position + piece.end - PIECE_BYTES;
}

/** Puts what was left of a piece in front of the next one; `false` when there is no room for it. */
function carry(from: Piece, stopped: number, to: Piece): boolean {
  const length = from.end - stopped;
  if (length > PIECE_BYTES) return false;
  to.start = PIECE_BYTES - length;
  from.bytes.copy(to.bytes, to.start, stopped, from.end);
  return true;
}
