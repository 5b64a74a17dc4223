import type { AnyRecord } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { CHILDREN } from "./core/parents.ts";
import type { TrashKey } from "./core/trash-order.ts";
import { purgeTrash } from "./purge.ts";
import type { TrashIndex } from "./trash-index.ts";

export const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Purges what has been in the trash for `days`, each record by its own time. A session or dataset waits until the last
 * of what belongs to it is due too: what is still there, in the trash or not, could otherwise never be shown again.
 */
export async function sweepTrash(
  { store, index }: { readonly store: Store; readonly index: TrashIndex },
  { days, nowMs }: { readonly days: number; readonly nowMs: number },
): Promise<number> {
  const cutoff = new Date(nowMs - days * DAY_MS).toISOString();
  const due = index.keys().filter(({ deletedAt }) => deletedAt <= cutoff);
  if (due.length === 0) return 0;
  const kept = parentsInUse(store, due);
  return purgeTrash(
    store,
    due.filter(({ collection, id }) => !kept.has(`${collection}/${id}`)),
    "trash-retention",
  );
}

/** Parents among these that have children which stay. */
function parentsInUse(store: Store, due: readonly TrashKey[]): ReadonlySet<string> {
  const dueNames = new Set(due.map(({ collection, id }) => `${collection}/${id}`));
  const kept = new Set<string>();
  for (const [parents, children] of CHILDREN) {
    if (!due.some(({ collection }) => collection === parents)) continue;
    for (const { collection, field } of children) {
      for (const child of store.scan(collection)) {
        const record: AnyRecord = child;
        const parent = record[field];
        if (typeof parent !== "string" || dueNames.has(`${collection}/${record.id}`)) continue;
        kept.add(`${parents}/${parent}`);
      }
    }
  }
  return kept;
}
