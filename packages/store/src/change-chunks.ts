import { writeBeforeRecord } from "./change-head-bytes.ts";
import { changeText } from "./core/change-text.ts";
import type { StoredChange } from "./store.ts";

const CHUNK_BYTES = 16 * 1024;
/** No UTF-16 unit takes more bytes than this. */
const MOST_BYTES_PER_UNIT = 3;
/** No head of a change without a conflict takes more, with the comma before and the brace after its record. */
const MOST_HEAD_BYTES = 512;
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
    const { json } = change;
    const alone = json === undefined || change.conflict !== undefined ? changeText(change) : undefined;
    const mostBytes = MOST_BYTES_PER_UNIT * (alone ?? json ?? "").length + MOST_HEAD_BYTES;
    if (end + mostBytes > CHUNK_BYTES) {
      if (end > 0) yield chunk.subarray(0, end);
      end = 0;
    }
    const into = mostBytes > CHUNK_BYTES ? Buffer.allocUnsafeSlow(mostBytes) : chunk;
    if (!isFirst) into[end++] = COMMA;
    isFirst = false;
    if (alone !== undefined) {
      end += into.write(alone, end);
    } else {
      end = writeBeforeRecord(into, end, change);
      end += into.write(json ?? "", end);
      into[end++] = BRACE;
    }
    if (into === chunk) continue;
    yield into.subarray(0, end);
    end = 0;
  }
  if (end > 0) yield chunk.subarray(0, end);
}
