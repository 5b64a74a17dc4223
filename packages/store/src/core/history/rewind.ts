import { type AnyRecord, type CollectionName, isCollectionName } from "@safelight/shared";
import type { RewindReport, RewindRequest, SkippedRecord } from "../../history.ts";
import type { CommitResult, PlannedStep, StagedView, StepResult } from "../../store.ts";
import type { RecordStore } from "../record-store.ts";
import type { StoreState } from "../store-state.ts";
import type { PastSegment } from "./history-source.ts";
import { type PastState, readPastRecords } from "./past-state.ts";
import { planRestore, type RestorePlan, type RestoreTarget } from "./plan-restore.ts";

export interface RewindOptions {
  readonly request: RewindRequest;
  readonly to: number;
  readonly past: PastState;
  readonly segments: readonly PastSegment[];
  readonly state: StoreState;
  readonly records: Pick<RecordStore, "commit" | "get">;
}

/** Records of one commit, and about how much text: what a commit blocks the event loop for grows with it. */
const SLICE_RECORDS = 100;
const SLICE_LENGTH = 256 * 1024;
const MAX_SKIPPED = 1000;
const UNKNOWN = "What the record was at that moment is not in the history any more; it was left as it is.";

/** Gives records their past states in commits of bounded size, each planned on what is staged by then. */
export async function rewindTo(options: RewindOptions): Promise<RewindReport> {
  const { request, past, segments, state, records } = options;
  const from = state.seq;
  const skipped: SkippedRecord[] = [];
  let seq = from;
  let changed = 0;
  let unchanged = 0;
  let skippedCount = 0;

  function skip(record: SkippedRecord): void {
    skippedCount += 1;
    if (skipped.length < MAX_SKIPPED) skipped.push(record);
  }

  function settle(plan: RestorePlan, target: RestoreTarget, results: readonly StepResult[]): void {
    if (plan.skipped !== undefined) skip(plan.skipped);
    const refused = results.find((result) => result.status === "rejected");
    if (refused?.status === "rejected" && plan.skipped === undefined) {
      skip({ collection: target.collection, id: target.id, code: refused.code, message: refused.message });
    }
    const isChanged = results.some(({ status }) => status === "applied" || status === "merged");
    if (isChanged) changed += 1;
    else if (refused === undefined && plan.skipped === undefined) unchanged += 1;
  }

  async function take(slice: readonly RestoreTarget[]): Promise<void> {
    request.signal?.throwIfAborted();
    let plans: readonly RestorePlan[] = [];
    const planAll = (view: Pick<StagedView, "get">) => {
      plans = slice.map((target) =>
        planRestore(target, view.get(target.collection, target.id) as AnyRecord | undefined),
      );
      return plans.flatMap(({ steps }): readonly PlannedStep[] => steps);
    };
    const result =
      request.dryRun === true
        ? assumed(planAll(records), state.seq)
        : await records.commit({ by: request.by, actor: "server", atomicity: "each", steps: planAll });
    seq = Math.max(seq, result.seq);
    let done = 0;
    for (const [at, target] of slice.entries()) {
      const plan = plans[at];
      if (plan === undefined) continue;
      settle(plan, target, result.results.slice(done, done + plan.steps.length));
      done += plan.steps.length;
    }
  }

  for (const key of past.unknown) skip({ ...placeOf(key), code: "history.unknown", message: UNKNOWN });
  // What came back first may be what something that follows hangs on; what was not there goes last.
  let slice: RestoreTarget[] = [];
  let length = 0;
  for await (const target of readPastRecords(segments, past.versions)) {
    slice.push(target);
    length += JSON.stringify(target.record).length;
    if (slice.length < SLICE_RECORDS && length < SLICE_LENGTH) continue;
    await take(slice);
    slice = [];
    length = 0;
  }
  for (const key of past.absent) {
    slice.push({ ...placeOf(key), record: undefined });
    if (slice.length < SLICE_RECORDS) continue;
    await take(slice);
    slice = [];
  }
  if (slice.length > 0) await take(slice);
  return { to: options.to, from, seq, changed, unchanged, skipped, skippedCount };
}

/** What a commit would answer if nothing of it were refused. */
function assumed(steps: readonly PlannedStep[], seq: number): CommitResult {
  return { seq, results: steps.map(() => ({ status: "applied", seq, record: undefined })) };
}

function placeOf(key: string): { readonly collection: CollectionName; readonly id: string } {
  const slash = key.indexOf("/");
  const collection = key.slice(0, slash);
  if (!isCollectionName(collection)) throw new RangeError(`"${key}" names no record.`);
  return { collection, id: key.slice(slash + 1) };
}
