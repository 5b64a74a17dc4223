import { ChangeOp, COLLECTION_NAMES, type CollectionName } from "@safelight/shared";
import type { StoredChange } from "./store.ts";

/** What stands before the record. */
export type ChangeHead = Pick<StoredChange, "seq" | "collection" | "id" | "op">;

const BEFORE_SEQ = Buffer.from('{"seq":');
const BEFORE_ID: ReadonlyMap<CollectionName, Uint8Array> = new Map(
  COLLECTION_NAMES.map((name) => [name, Buffer.from(`,"collection":"${name}","id":"`)]),
);
const AFTER_ID: ReadonlyMap<ChangeOp, Uint8Array> = new Map(
  ChangeOp.anyOf.map(({ const: op }) => [op, Buffer.from(`","op":"${op}","record":`)]),
);
const NO_BYTES = new Uint8Array();
const DIGIT_ZERO = 0x30;
/** Least value of a number with one digit more than the place says. */
const POWERS: readonly number[] = Array.from({ length: 15 }, (_, at) => 10 ** (at + 1));

/**
 * Writes what `changeText` says before the record of a change without a conflict, and returns where it ends. Byte by byte from pieces that are ready:
 * a string that is put together for each change costs twice as much. There must be room for the text.
 */
export function writeBeforeRecord(into: Buffer, start: number, change: ChangeHead): number {
  const { seq, collection, id, op } = change;
  let end = writeBytes(into, start, BEFORE_SEQ);
  end = writeDigits(into, end, seq);
  end = writeBytes(into, end, BEFORE_ID.get(collection) ?? NO_BYTES);
  // Ids are plain ASCII.
  for (let at = 0; at < id.length; at += 1) into[end + at] = id.charCodeAt(at);
  return writeBytes(into, end + id.length, AFTER_ID.get(op) ?? NO_BYTES);
}

function writeBytes(into: Buffer, start: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at += 1) into[start + at] = bytes[at] ?? 0;
  return start + bytes.length;
}

/** A whole number from 0 to 2^53 - 1. */
function writeDigits(into: Buffer, start: number, value: number): number {
  let length = 1;
  while (length <= POWERS.length && value >= (POWERS[length - 1] ?? 0)) length += 1;
  let left = value;
  for (let at = start + length - 1; at >= start; at -= 1) {
    into[at] = DIGIT_ZERO + (left % 10);
    left = Math.floor(left / 10);
  }
  return start + length;
}
