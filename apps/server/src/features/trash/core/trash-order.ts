import type { CollectionName } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

/** A record of the trash and when it came there, ISO time. */
export interface TrashKey {
  readonly collection: CollectionName;
  readonly id: string;
  readonly deletedAt: string;
}

/** A place in the trash: what a cursor stands for. */
export type TrashPlace = Static<typeof Place>;
const Place = Type.Tuple([Type.String(), Type.String(), Type.String()]);

/** Newest deletion first; those of one moment by collection and id, so that the order is the same each time. */
export function compareTrash(a: TrashKey, b: TrashKey): number {
  return comparePlaces(placeOf(a), placeOf(b));
}

export function placeOf({ deletedAt, collection, id }: TrashKey): TrashPlace {
  return [deletedAt, collection, id];
}

export function comparePlaces(a: TrashPlace, b: TrashPlace): number {
  return compareText(b[0], a[0]) || compareText(a[1], b[1]) || compareText(a[2], b[2]);
}

/** Opaque to callers. */
export function encodePlace(place: TrashPlace): string {
  return btoa(JSON.stringify(place));
}

/** `undefined` for text that is no cursor. */
export function decodePlace(cursor: string): TrashPlace | undefined {
  try {
    const place: unknown = JSON.parse(atob(cursor));
    return Value.Check(Place, place) ? place : undefined;
  } catch {
    // Not something that we wrote: the caller answers it as a wrong cursor.
    return undefined;
  }
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
