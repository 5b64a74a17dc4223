import { crc32 } from "node:zlib";
import { findForbiddenKey, isJsonObject, type JsonObject } from "@safelight/shared";

/** One line of a segment: its place, and what it says unless it is damaged. */
export interface SegmentLine {
  readonly segment: string;
  readonly offset: number;
  /** With its newline, unless the file ends before. */
  readonly lengthBytes: number;
  /** `undefined` when the checksum does not fit. */
  readonly content: LineContent | undefined;
}

export interface LineContent {
  readonly seq: number;
  readonly durable: number;
  /** The line's JSON, not yet decoded: most lines are never parsed. */
  readonly json: Buffer;
}

/** First line of a segment that stands for earlier ones: what they held that some document still needs. */
export interface CarriedHead {
  readonly to: number;
  /** Per document, the `seq` from which on its changes are here; 0 where it is left out. */
  readonly floors: Readonly<Record<string, number>>;
  /** Counts as of `to`, by collection and scope. */
  readonly counters: Readonly<Record<string, number>>;
}

const CRC_LENGTH = 8;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/** One line: the checksum of the JSON in hex, a space, the JSON, a newline. */
export function encodeLine(json: string): string {
  return `${hexOf(crc32(json))} ${json}\n`;
}

/** Makes the bytes of many lines. What it returns is valid until it is called again. */
export type LineEncoder = (jsons: readonly string[]) => Buffer;

/** No UTF-16 unit takes more bytes than this. */
const MOST_BYTES_PER_UNIT = 3;
/** A buffer larger than this is not kept for the next lines. */
const KEPT_BYTES = 1024 * 1024;

export function createLineEncoder(): LineEncoder {
  let kept = Buffer.alloc(0);

  return (jsons) => {
    const mostBytes = jsons.reduce(
      (sum, json) => sum + MOST_BYTES_PER_UNIT * json.length + CRC_LENGTH + 2,
      0,
    );
    const bytes = mostBytes <= kept.length ? kept : Buffer.allocUnsafeSlow(mostBytes);
    if (mostBytes <= KEPT_BYTES) kept = bytes;
    let end = 0;
    for (const json of jsons) {
      const start = end + CRC_LENGTH + 1;
      const stop = start + bytes.write(json, start);
      writeHex(bytes, end, crc32(bytes.subarray(start, stop)));
      bytes[start - 1] = SPACE;
      bytes[stop] = NEWLINE;
      end = stop + 1;
    }
    return bytes.subarray(0, end);
  };
}

/** A checksum as `hexOf` would write it. */
function writeHex(bytes: Buffer, at: number, checksum: number): void {
  for (let digit = 0; digit < CRC_LENGTH; digit += 1) {
    const value = (checksum >>> (4 * (CRC_LENGTH - 1 - digit))) & 0xf;
    bytes[at + digit] = value + (value < 10 ? 0x30 : 0x57);
  }
}

export function hexOf(checksum: number): string {
  return checksum.toString(16).padStart(CRC_LENGTH, "0");
}

/** Where the lines of a segment end: zeros after them are room for more that was not used. */
export function endOfLines(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
}

/**
 * Splits a segment into lines and checks each. A last line that is whole but for its newline counts, and so do lines run
 * together by a damaged newline: each checksum says by itself where its line ends. Room after the last line is no line.
 */
export function decodeSegment(segment: string, bytes: Buffer): readonly SegmentLine[] {
  const lines: SegmentLine[] = [];
  const linesEnd = endOfLines(bytes);
  for (let offset = 0; offset < linesEnd;) {
    const newline = bytes.indexOf(NEWLINE, offset);
    const end = newline < 0 ? linesEnd : newline;
    const lengthBytes = (newline < 0 ? end : end + 1) - offset;
    const content = decodeLine(bytes.subarray(offset, end));
    if (content !== undefined) lines.push({ segment, offset, lengthBytes, content });
    else lines.push(...piecesOf(segment, bytes, offset, offset + lengthBytes));
    offset += lengthBytes;
  }
  return lines;
}

/** A line that does not have its checksum, taken apart where another seems to begin in it. */
function piecesOf(segment: string, bytes: Buffer, start: number, end: number): readonly SegmentLine[] {
  const starts = [start];
  for (let at = start; ;) {
    at = bytes.indexOf(LINE_START, at + 1);
    const pieceStart = at - CRC_LENGTH - 1;
    if (at < 0 || at >= end || starts.length > MAX_PIECES) break;
    if (pieceStart > start) starts.push(pieceStart);
  }
  return starts.map((offset, piece) => {
    const next = starts[piece + 1] ?? end;
    // The last byte stands where the newline was.
    const content = decodeLine(bytes.subarray(offset, next - 1)) ?? decodeLine(bytes.subarray(offset, next));
    return { segment, offset, lengthBytes: next - offset, content };
  });
}

const LINE_START = '{"seq":';
const MAX_PIECES = 1000;

function decodeLine(bytes: Buffer): LineContent | undefined {
  if (bytes.length < CRC_LENGTH + 2 || bytes[CRC_LENGTH] !== SPACE) return undefined;
  const json = bytes.subarray(CRC_LENGTH + 1);
  if (checksumAt(bytes) !== crc32(json)) return undefined;
  const place = /^\{"seq":(\d{1,16}),"durable":(\d{1,16}),/.exec(json.toString("latin1", 0, 52));
  if (place === null) return undefined;
  return { seq: Number(place[1]), durable: Number(place[2]), json };
}

/** The checksum that a line begins with. Exactly as it is written: a lenient parse would let damaged digits pass. */
function checksumAt(bytes: Buffer): number | undefined {
  let value = 0;
  for (let at = 0; at < CRC_LENGTH; at += 1) {
    const byte = bytes[at] ?? 0;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    const isLetter = byte >= 0x61 && byte <= 0x66;
    if (!isDigit && !isLetter) return undefined;
    value = value * 16 + byte - (isDigit ? 0x30 : 0x57);
  }
  return value;
}

/** A commit as the journal holds it. */
export interface JournalCommit {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly mutation: JsonObject | undefined;
  readonly changes: readonly JsonObject[];
  readonly carried: CarriedHead | undefined;
}

/** Parses a line whose checksum fits. `undefined` for one that is no commit, or that holds a forbidden key. */
export function parseCommit({ seq, json }: LineContent): JournalCommit | undefined {
  const text = json.toString();
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) return undefined;
  if (mayHoldForbiddenKey(text) && findForbiddenKey(value) !== undefined) return undefined;
  const { at, by, mutation, changes, carried } = value;
  if (typeof at !== "string" || typeof by !== "string" || !Array.isArray(changes)) return undefined;
  if (!changes.every(isJsonObject)) return undefined;
  return {
    seq,
    at,
    by,
    changes,
    mutation: isJsonObject(mutation) ? mutation : undefined,
    carried: isJsonObject(carried) ? parseHead(carried) : undefined,
  };
}

/** Whether a text might hold one of the keys that are refused everywhere: cheap, and never wrong when it says no. */
function mayHoldForbiddenKey(text: string): boolean {
  return text.includes("__proto__") || text.includes("constructor") || text.includes("prototype");
}

function parseHead(head: JsonObject): CarriedHead | undefined {
  const { to, floors, counters } = head;
  if (typeof to !== "number") return undefined;
  return { to, floors: numbersOf(floors), counters: numbersOf(counters) };
}

function numbersOf(value: unknown): Readonly<Record<string, number>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, number] => typeof pair[1] === "number"),
  );
}
