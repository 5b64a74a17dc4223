import { type Cursor, parseCursor } from "@safelight/shared";

/** Where a client's cursor stands in the studio's sequence. */
export type PlaceInSequence =
  | { readonly kind: "from"; readonly seq: number }
  /** Of another epoch, or ahead of the studio: what the client has is not a past of this studio. */
  | { readonly kind: "stale" }
  | { readonly kind: "invalid" };

export function placeInSequence(studio: Cursor, text: string): PlaceInSequence {
  const cursor = parseCursor(text);
  if (cursor === undefined) return { kind: "invalid" };
  if (cursor.epoch !== studio.epoch || cursor.seq > studio.seq) return { kind: "stale" };
  return { kind: "from", seq: cursor.seq };
}
