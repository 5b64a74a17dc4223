import type { CollectionName } from "@safelight/shared";
import type { History, Moment, RestoreRequest } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";

/** Who the journal says that these commits are by. */
const BY = "history";

/** Restores one version; answers the record after it. Rejects with the store's errors. */
export async function restoreVersion(history: Pick<History, "restore">, request: Omit<RestoreRequest, "by">) {
  const { seq, record, skipped } = await history.restore({ ...request, by: BY });
  if (record === undefined) throw new Error("A restore left no record.");
  return { seq, record, skipped: [...skipped] };
}

export interface RewindOrder {
  readonly collection?: CollectionName;
  readonly seq?: number;
  readonly at?: string;
  readonly dryRun?: boolean;
}

/** Rewinds to a commit or a time. Throws a 400 problem unless exactly one of them is given. */
export async function rewindStudio(history: Pick<History, "rewind">, { seq, at, ...order }: RewindOrder) {
  const report = await history.rewind({ ...order, to: momentOf(seq, at), by: BY });
  return { ...report, skipped: [...report.skipped] };
}

function momentOf(seq: number | undefined, at: string | undefined): Moment {
  if (seq !== undefined && at === undefined) return { seq };
  const time = at === undefined ? undefined : timeOf(at);
  if (seq === undefined && time !== undefined) return { at: time };
  const isNoTime = seq === undefined && at !== undefined;
  const message = isNoTime ? "is not a time" : "give one of seq and at";
  const detail = isNoTime ? `${at} is not a time.` : "A rewind goes to one moment: give `seq` or `at`.";
  throw new ProblemError(400, "request.invalid", detail, { errors: [{ path: "/at", message }] });
}

/** With milliseconds, as commits carry it: times of one form can be compared as text. */
function timeOf(at: string): string | undefined {
  const timeMs = Date.parse(at);
  if (Number.isNaN(timeMs)) return undefined;
  const time = new Date(timeMs).toISOString();
  // 31 February would be taken for a day in March.
  return time.slice(0, 10) === at.slice(0, 10) ? time : undefined;
}
