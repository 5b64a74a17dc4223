import { type Conflict, type Cursor, formatCursor } from "@safelight/shared";
import type { StoredRecord } from "@safelight/store";

/** About how much text goes into one chunk, in UTF-16 units. */
const CHUNK_LENGTH = 64 * 1024;

export interface SnapshotSource {
  readonly cursor: Cursor;
  readonly total: number;
  readonly records: () => Iterable<StoredRecord & { readonly conflict?: Conflict }>;
}

/** A snapshot as NDJSON, in chunks of many lines: head, records newest first, end. */
export function* snapshotLines({ cursor, total, records }: SnapshotSource): Generator<string> {
  const at = formatCursor(cursor);
  let chunk = `{"type":"head","cursor":"${at}","total":${total}}\n`;
  for (const { seq, collection, json, conflict } of records()) {
    const open = conflict === undefined ? "" : `,"conflict":${JSON.stringify(conflict)}`;
    chunk += `{"type":"record","seq":${seq},"collection":"${collection}","record":${json}${open}}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = "";
  }
  yield `${chunk}{"type":"end","cursor":"${at}"}\n`;
}
