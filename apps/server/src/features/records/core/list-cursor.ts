import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { SortKey } from "./sort-order.ts";

const CursorShape = Type.Tuple([
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
  Type.String(),
]);

/** The place after the last record of a page, bound to the order that the page had. Opaque to callers. */
export function encodeListCursor(sort: string, key: SortKey): string {
  const shape: Static<typeof CursorShape> = [sort, key.value, key.id];
  return toBase64Url(JSON.stringify(shape));
}

/** `undefined` for text that is no cursor, or one of another order. */
export function decodeListCursor(sort: string, cursor: string): SortKey | undefined {
  const shape = parse(cursor);
  if (!Value.Check(CursorShape, shape) || shape[0] !== sort) return undefined;
  return { value: shape[1], id: shape[2] };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(fromBase64Url(cursor)));
  } catch {
    // Not something that we wrote: the caller answers it as a wrong cursor.
    return undefined;
  }
}

function toBase64Url(text: string): string {
  const binary = String.fromCodePoint(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.codePointAt(0) ?? 0);
}
