import { Type } from "@sinclair/typebox";

/** A place in the studio's sequence. A new epoch says that the studio was restored to an earlier time. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** A cursor on the wire: `epoch:seq`. */
export const CursorText = Type.String({ pattern: "^[A-Za-z0-9-]{1,64}:(?:0|[1-9][0-9]{0,15})$" });

export function formatCursor(cursor: Cursor): string {
  return `${cursor.epoch}:${cursor.seq}`;
}

/** `undefined` for anything that `formatCursor` does not write. */
export function parseCursor(text: string): Cursor | undefined {
  const match = /^([A-Za-z0-9-]{1,64}):(0|[1-9][0-9]{0,15})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const seq = Number(match[2]);
  return Number.isSafeInteger(seq) ? { epoch: match[1], seq } : undefined;
}

/** `undefined` for no cursor, and for text that is none. */
export function epochOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parseCursor(text)?.epoch;
}
