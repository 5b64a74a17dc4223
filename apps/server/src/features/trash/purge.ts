import type { AnyRecord, CollectionName } from "@safelight/shared";
import type { PlannedPurge, StagedView, Store } from "@safelight/store";
import { isAtWork } from "../../records/is-at-work.ts";
import { expenseStep } from "./core/expense-step.ts";
import { CHILDREN } from "./core/parents.ts";
import type { TrashKey } from "./core/trash-order.ts";

/** Most records that one commit removes. */
const SLICE = 500;

/**
 * Removes records of the trash for good, in commits of bounded size. One that was restored meanwhile, or deleted anew,
 * stays; so does a job that is still at work. Answers how many are gone.
 */
export async function purgeTrash(store: Store, keys: readonly TrashKey[], by: string): Promise<number> {
  // Children first: when this is cut off, what is left is a parent that can be purged again.
  const ordered = [...keys].sort(
    (a, b) => Number(CHILDREN.has(a.collection)) - Number(CHILDREN.has(b.collection)),
  );
  let purged = 0;
  for (let at = 0; at < ordered.length; at += SLICE) {
    const slice = ordered.slice(at, at + SLICE);
    let count = 0;
    const { results } = await store.commit({
      by,
      actor: "server",
      atomicity: "each",
      steps(staged) {
        const purges = slice.flatMap((key) => purgeStep(staged, key) ?? []);
        const expenses = purges.flatMap((purge) => expenseStep(staged, purge) ?? []);
        count = expenses.length;
        return [...expenses, ...purges];
      },
    });
    purged += results.slice(count).filter(({ status }) => status === "applied").length;
  }
  return purged;
}

function purgeStep(staged: StagedView, { collection, id, deletedAt }: TrashKey): PlannedPurge | undefined {
  const record: AnyRecord | undefined = staged.get(collection, id);
  if (record?.deletedAt !== deletedAt || isAtWork(collection, record)) return undefined;
  return { op: "purge", collection, id };
}

/** The records of the trash that go with these: the images of a session, the items of a dataset. */
export function trashedChildren(
  store: Store,
  parents: readonly TrashKey[],
  trash: readonly TrashKey[],
): readonly TrashKey[] {
  const wanted = new Map<string, Set<string>>();
  for (const { collection, id } of parents) {
    for (const child of CHILDREN.get(collection) ?? []) {
      const name = `${child.collection}/${child.field}`;
      wanted.set(name, (wanted.get(name) ?? new Set()).add(id));
    }
  }
  if (wanted.size === 0) return [];
  return trash.filter(({ collection, id }) => {
    const record: AnyRecord | undefined = store.get(collection, id);
    return record !== undefined && parentsIn(wanted, collection, record);
  });
}

function parentsIn(
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
  collection: CollectionName,
  record: AnyRecord,
): boolean {
  for (const [name, ids] of wanted) {
    const [childCollection, field = ""] = name.split("/");
    const parent = record[field];
    if (childCollection === collection && typeof parent === "string" && ids.has(parent)) return true;
  }
  return false;
}
