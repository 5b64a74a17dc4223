import { isJsonObject } from "@safelight/shared";
import type { LogLine } from "../log-store.ts";

/** Most bytes of one job's log. */
export const MAX_LOG_BYTES = 5 * 1024 * 1024;
/** Most bytes of whole lines that one read looks through, unless a single line is longer. */
export const LOG_PAGE_BYTES = 256 * 1024;
/** Bytes kept free for the line that says where the log was cut. */
const CUT_ROOM_BYTES = 200;

const SAFE_ID = /^[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,126}[A-Za-z0-9_~-])?$/;
const NEWLINE = 10;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Whether an id can name a log; anything else must not come near a path. */
export function isLogId(id: string): boolean {
  return SAFE_ID.test(id);
}

export interface LogAddition {
  readonly bytes: Uint8Array;
  /** The log is full: its last line says so, and nothing may follow. */
  readonly isCut: boolean;
}

/** What to write behind a log of `sizeBytes`. `at`: the time that the cut is dated, ISO. */
export function planAddition(
  lines: readonly LogLine[],
  { sizeBytes, maxBytes, at }: { readonly sizeBytes: number; readonly maxBytes: number; readonly at: string },
): LogAddition {
  const parts: Uint8Array[] = [];
  let room = maxBytes - CUT_ROOM_BYTES - sizeBytes;
  let isCut = false;
  for (const line of lines) {
    const bytes = encoder.encode(`${JSON.stringify(line)}\n`);
    room -= bytes.length;
    if (room < 0) {
      isCut = true;
      break;
    }
    parts.push(bytes);
  }
  if (isCut) parts.push(encoder.encode(`${JSON.stringify(cutLine(at, maxBytes))}\n`));
  return { bytes: joined(parts), isCut };
}

/** Whole lines at the start of some bytes, and how many bytes they take. */
export function wholeLines(bytes: Uint8Array): {
  readonly lines: readonly LogLine[];
  readonly taken: number;
} {
  const taken = bytes.lastIndexOf(NEWLINE) + 1;
  if (taken === 0) return { lines: [], taken };
  const texts = decoder.decode(bytes.subarray(0, taken - 1)).split("\n");
  return { lines: texts.map(parseLine), taken };
}

/** Whether some bytes end with the line that says that the log is full. */
export function endsCut(bytes: Uint8Array): boolean {
  return wholeLines(bytes).lines.at(-1)?.["kind"] === "cut";
}

/**
 * The whole lines of some bytes from `offset` on, and where the last of them ends. `offset` may stand within a line, whose rest is left
 * out; the byte before it must be there to tell.
 */
export function linesFrom(
  bytes: Uint8Array,
  offset: number,
): { readonly lines: readonly LogLine[]; readonly end: number } {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end <= offset) return { lines: [], end: offset };
  const isLineStart = offset === 0 || bytes[offset - 1] === NEWLINE;
  const start = isLineStart ? offset : bytes.indexOf(NEWLINE, offset) + 1;
  return { lines: wholeLines(bytes.subarray(start, end)).lines, end };
}

function parseLine(text: string): LogLine {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Damage is told as such: it must not hide the lines around it.
  }
  return { kind: "unreadable" };
}

function cutLine(at: string, maxBytes: number): LogLine {
  const megabytes = Math.round((maxBytes / 1024 / 1024) * 10) / 10;
  return {
    at,
    kind: "cut",
    message: `This log reached its limit of ${megabytes} MB; what came after is not in it.`,
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
