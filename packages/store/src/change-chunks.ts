import { changeText, textBeforeRecord } from "./core/change-text.ts";
import type { StoredChange } from "./store.ts";

const CHUNK_BYTES = 16 * 1024;
/** No UTF-16 unit takes more bytes than this. */
const MOST_BYTES_PER_UNIT = 3;
const COMMA = 0x2c;
const BRACE = 0x7d;

/**
 * Changes as the protocol's JSON in UTF-8, commas between them, in pieces of up to 16 KB or of one change. A piece is valid until the
 * next is asked for. Each record's own text goes straight into memory that is used over and over: on the way by a string or a buffer of
 * a page, getting fresh memory from the system costs more than all else.
 */
export function* changeChunks(changes: readonly StoredChange[]): Generator<Buffer, void, undefined> {
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let end = 0;
  let isFirst = true;
  for (const change of changes) {
    const json = change.json ?? "";
    const head = change.json === undefined ? changeText(change) : textBeforeRecord(change);
    const mostBytes = MOST_BYTES_PER_UNIT * (head.length + json.length) + 2;
    if (end + mostBytes > CHUNK_BYTES) {
      if (end > 0) yield chunk.subarray(0, end);
      end = 0;
    }
    const into = mostBytes > CHUNK_BYTES ? Buffer.allocUnsafeSlow(mostBytes) : chunk;
    if (!isFirst) into[end++] = COMMA;
    isFirst = false;
    end += into.write(head, end);
    if (json !== "") {
      end += into.write(json, end);
      into[end++] = BRACE;
    }
    if (into === chunk) continue;
    yield into.subarray(0, end);
    end = 0;
  }
  if (end > 0) yield chunk.subarray(0, end);
}
