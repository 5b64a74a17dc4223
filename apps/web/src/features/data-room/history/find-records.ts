import { COLLECTION_NAMES, type CollectionName, definitionOf, type JsonObject } from "@safelight/shared";
import { recordName } from "../../../domain/record-name.ts";

export interface FoundRecord {
  readonly collection: CollectionName;
  readonly id: string;
  readonly name: string;
  /** ISO time of its last change; absent for one that this device does not have. */
  readonly updatedAt?: string;
  readonly isInTrash: boolean;
}

export interface KnownRecord {
  readonly collection: CollectionName;
  readonly record: JsonObject & {
    readonly id: string;
    readonly updatedAt: string;
    readonly deletedAt?: string;
  };
}

/**
 * Records whose name or id has all words, last changed first. An id that is complete and not among them is offered too: the history may
 * know a record that was removed for good.
 */
export function findRecords(
  known: Iterable<KnownRecord>,
  search: string,
  limit: number,
): readonly FoundRecord[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found: FoundRecord[] = [];
  for (const { collection, record } of known) {
    const name = recordName(collection, record);
    const text = `${name} ${record.id}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const { id, updatedAt, deletedAt } = record;
    found.push({ collection, id, name, updatedAt, isInTrash: deletedAt !== undefined });
  }
  const newest = found
    .toSorted((a, b) => ((a.updatedAt ?? "") < (b.updatedAt ?? "") ? 1 : -1))
    .slice(0, limit);
  const gone = newest.length === 0 ? placeOfId(search.trim()) : undefined;
  return gone === undefined ? newest : [{ ...gone, name: gone.id, isInTrash: false }];
}

/** The collection that an id looks to be of, by its prefix. */
function placeOfId(id: string): { readonly collection: CollectionName; readonly id: string } | undefined {
  if (!/^[\w.-]{3,128}$/.test(id)) return undefined;
  const collection = COLLECTION_NAMES.find((name) => id.startsWith(`${definitionOf(name).idPrefix}-`));
  return collection === undefined ? undefined : { collection, id };
}
