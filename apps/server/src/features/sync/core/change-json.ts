import { type Cursor, formatCursor } from "@safelight/shared";
import { changeChunks, changeText, type StoredChange } from "@safelight/store";

/** What a change takes beside its record's text, about: a page of plain text fits where it was thought to. */
const HEAD_BYTES = 160;

/** A `ChangesEvent` as JSON text. */
export function changesEventJson(cursor: Cursor, changes: readonly StoredChange[]): string {
  return `${pageHead(cursor)}${changes.map(changeText).join(",")}]}`;
}

/** A `ChangesPage` as the bytes of its JSON. */
export function changesPageBytes(cursor: Cursor, changes: readonly StoredChange[], more: boolean): Buffer {
  const head = pageHead(cursor);
  const tail = `],"more":${more}}`;
  const length = changes.reduce(
    (sum, { json = "" }) => sum + json.length + HEAD_BYTES,
    head.length + tail.length,
  );
  let page = Buffer.allocUnsafeSlow(length);
  let end = page.write(head);
  const makeRoom = (bytes: number) => {
    if (end + bytes > page.byteLength) page = Buffer.concat([page], 2 * (end + bytes));
  };
  for (const chunk of changeChunks(changes)) {
    makeRoom(chunk.byteLength);
    end += chunk.copy(page, end);
  }
  makeRoom(tail.length);
  end += page.write(tail, end);
  return page.subarray(0, end);
}

function pageHead(cursor: Cursor): string {
  return `{"cursor":"${formatCursor(cursor)}","changes":[`;
}
