import type { AnyRecord, CollectionName } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { isAtWork } from "../../records/is-at-work.ts";
import { comparePlaces, decodePlace, encodePlace, placeOf, type TrashKey } from "./core/trash-order.ts";
import { purgeTrash, trashedChildren } from "./purge.ts";
import { DAY_MS, sweepTrash } from "./sweep.ts";
import { createTrashIndex } from "./trash-index.ts";

/** A record of the trash, as it is listed. */
export interface TrashItem extends TrashKey {
  /** When it will be purged, ISO time; absent where the trash is kept for ever. */
  readonly purgeAt?: string;
  readonly record: AnyRecord;
}

export interface TrashPage {
  readonly items: TrashItem[];
  readonly nextCursor?: string;
  readonly total: number;
}

/** The records that were deleted and can still be restored. */
export interface Trash {
  /** Newest deletion first. Throws a `ProblemError` 400 `cursor.invalid`. */
  list(options: { readonly limit: number; readonly cursor?: string }): TrashPage;
  /**
   * Removes records for good, and what belongs to them as far as it is in the trash. What is gone already is left out.
   * Throws a `ProblemError` 409 and removes nothing: `trash.not-deleted`, `trash.job-active`.
   */
  purge(items: readonly { readonly collection: CollectionName; readonly id: string }[]): Promise<number>;
  /** Removes all that is in the trash, but for jobs at work. */
  empty(): Promise<{ readonly purged: number; readonly kept: number }>;
  /** Removes what is older than the retention; nothing where that is 0. */
  sweep(): Promise<number>;
}

export interface TrashOptions {
  readonly store: Store;
  /** Days after which a deleted record is purged; 0 keeps the trash for ever. */
  readonly days: number;
  /** Current time in epoch ms. */
  readonly now: () => number;
}

export function createTrash({ store, days, now }: TrashOptions): Trash {
  const index = createTrashIndex(store);

  function itemOf(key: TrashKey): TrashItem | undefined {
    const record: AnyRecord | undefined = store.get(key.collection, key.id);
    if (record === undefined) return undefined;
    const purgeAt = new Date(Date.parse(key.deletedAt) + days * DAY_MS).toISOString();
    return { ...key, ...(days === 0 ? {} : { purgeAt }), record };
  }

  function checked(collection: CollectionName, id: string, at: number): TrashKey | undefined {
    const record: AnyRecord | undefined = store.get(collection, id);
    if (record === undefined) return undefined;
    if (record.deletedAt === undefined) {
      throw refused("trash.not-deleted", `/items/${at}`, `${collection} "${id}" is not in the trash`);
    }
    if (isAtWork(collection, record)) {
      throw refused("trash.job-active", `/items/${at}`, `the job "${id}" is still at work; cancel it first`);
    }
    return { collection, id, deletedAt: record.deletedAt };
  }

  return {
    list({ limit, cursor }) {
      const keys = index.keys();
      const after = cursor === undefined ? undefined : decodePlace(cursor);
      if (cursor !== undefined && after === undefined) {
        throw new ProblemError(400, "cursor.invalid", "This cursor is none of the trash; start without one.");
      }
      const start = after === undefined ? 0 : firstAfter(keys, (key) => comparePlaces(placeOf(key), after));
      const page = keys.slice(start, start + limit);
      const last = page.at(-1);
      const more = last !== undefined && start + limit < keys.length;
      return {
        items: page.flatMap((key) => itemOf(key) ?? []),
        ...(more ? { nextCursor: encodePlace(placeOf(last)) } : {}),
        total: keys.length,
      };
    },
    async purge(items) {
      const asked = items.flatMap(({ collection, id }, at) => checked(collection, id, at) ?? []);
      const keys = new Map<string, TrashKey>();
      for (const key of [...asked, ...trashedChildren(store, asked, index.keys())]) {
        keys.set(`${key.collection}/${key.id}`, key);
      }
      return purgeTrash(store, [...keys.values()], "http");
    },
    async empty() {
      const keys = index.keys();
      const purged = await purgeTrash(store, keys, "http");
      return { purged, kept: keys.length - purged };
    },
    sweep: async () => (days === 0 ? 0 : sweepTrash({ store, index }, { days, nowMs: now() })),
  };
}

/** The first place in a sorted list for which `compare` is above 0. */
function firstAfter<T>(list: readonly T[], compare: (item: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    if (item !== undefined && compare(item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function refused(code: string, path: string, message: string): ProblemError {
  return new ProblemError(409, code, `Nothing was purged: ${message}.`, { errors: [{ path, message }] });
}
