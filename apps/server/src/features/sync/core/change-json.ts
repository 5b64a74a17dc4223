import { type Cursor, formatCursor } from "@safelight/shared";
import { changeChunks, changeText, type StoredChange } from "@safelight/store";

/** A `ChangesEvent` as JSON text. */
export function changesEventJson(cursor: Cursor, changes: readonly StoredChange[]): string {
  return `${pageHead(cursor)}${changes.map(changeText).join(",")}]}`;
}

/** A `ChangesPage` as the bytes of its JSON. */
export function changesPageBytes(cursor: Cursor, changes: readonly StoredChange[], more: boolean): Buffer {
  const pieces = [Buffer.from(pageHead(cursor))];
  for (const chunk of changeChunks(changes)) pieces.push(Buffer.from(chunk));
  pieces.push(Buffer.from(`],"more":${more}}`));
  return Buffer.concat(pieces);
}

function pageHead(cursor: Cursor): string {
  return `{"cursor":"${formatCursor(cursor)}","changes":[`;
}
