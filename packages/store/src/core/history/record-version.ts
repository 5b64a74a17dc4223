import type { ChangeOp, CollectionName } from "@safelight/shared";
import type { RecordVersion } from "../../history.ts";
import type { PastChange, PastCommit } from "./history-source.ts";

/** The version that a commit gave a record: several changes of it in one commit are one version. */
export function versionIn(
  commit: PastCommit,
  collection: CollectionName,
  id: string,
): RecordVersion | undefined {
  const own = commit.changes.filter((change) => change.id === id && change.collection === collection);
  const last = own.at(-1);
  if (last === undefined) return undefined;
  const lost = Object.assign({}, ...own.map(({ conflict }) => conflict?.lost ?? {}));
  return {
    seq: commit.seq,
    at: commit.at,
    by: commit.by,
    op: opOf(own, last.op),
    fields: [...new Set(own.flatMap(({ fields }) => fields))],
    record: last.record,
    conflict: own.some(({ conflict }) => conflict !== undefined) ? { lost } : undefined,
  };
}

/** The last change of each record in a commit. */
export function lastChanges({ changes }: PastCommit): readonly PastChange[] {
  if (changes.length < 2) return changes;
  return [...new Map(changes.map((change) => [`${change.collection}/${change.id}`, change])).values()];
}

/** What several changes amount to: an update beside something else says less than that. */
function opOf(own: readonly PastChange[], last: ChangeOp): ChangeOp {
  if (last === "purge") return last;
  if (own.some(({ op }) => op === "create")) return "create";
  return own.findLast(({ op }) => op !== "update")?.op ?? last;
}
