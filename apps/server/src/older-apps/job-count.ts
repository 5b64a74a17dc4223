import type { Store } from "@safelight/store";
import { numberInJobId } from "./imported-job.ts";

/** A record of `drafts` that remembers how far a dashboard counted, where jobs themselves do not say. */
const COUNT_DRAFT = { id: "draft-job-history", scope: "job-history" };

/** The `lastJobId` that the older dashboard goes on from: the highest that it or the studio has given. */
export function lastJobIdOf(store: Store): number {
  const counted = store.get("drafts", COUNT_DRAFT.id)?.state["lastJobId"];
  let lastJobId = Math.max(store.lastNumber("jobs"), typeof counted === "number" ? counted : 0);
  for (const job of store.scan("jobs")) lastJobId = Math.max(lastJobId, numberInJobId(job.id) ?? 0);
  return lastJobId;
}

/** Remembers a count that is higher than what the records say. */
export async function rememberLastJobId(store: Store, lastJobId: number, by: string): Promise<void> {
  const { id, scope } = COUNT_DRAFT;
  await store.commit({
    by,
    actor: "server",
    atomicity: "all",
    steps: (staged) =>
      staged.get("drafts", id) === undefined
        ? [{ collection: "drafts", id, op: "create", set: { scope, state: { lastJobId } } }]
        : [{ collection: "drafts", id, op: "update", set: { state: { lastJobId } } }],
  });
}
