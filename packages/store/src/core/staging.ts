import type { ApplyContext, CollectionName } from "@safelight/shared";
import { CommitRejectedError, StoreError } from "../store-error.ts";
import type { CommitRequest, StagedView, StepResult } from "../store.ts";
import { advanceMark, type ClientMark, type Rejection } from "./client-mark.ts";
import type { Entry } from "./entry.ts";
import { journalBody, type MutationMark } from "./journal-line.ts";
import { createOverlay } from "./overlay.ts";
import { type InternalStep, type PlannedChange, planStep, type StepContext } from "./plan-step.ts";
import type { RecordCache } from "./record-cache.ts";
import type { CommitEffect, StoreState } from "./store-state.ts";

/** A commit as it is asked for, the store's own steps among them. */
export type StagedRequest = Omit<CommitRequest, "steps"> & {
  readonly steps: readonly InternalStep[] | ((staged: StagedView) => readonly InternalStep[]);
  /** The store's own work, which goes on while it closes. */
  readonly own?: true;
};

/** A commit that is decided but not durable. Without an effect it has nothing to write. */
export interface StagedCommit {
  readonly effect: CommitEffect | undefined;
  /** The journal line without its `seq` and `durable`; empty without an effect. */
  readonly body: string;
  readonly by: string;
  readonly seq: number;
  readonly results: readonly StepResult[];
}

export interface StagingOptions {
  readonly state: StoreState;
  readonly cache: RecordCache;
  readonly validate: NonNullable<ApplyContext["validate"]>;
  /** Longest journal line, in UTF-16 units. */
  readonly maxCommitLength: number;
}

/** Decides commits one after another, each on top of those before it, durable or not. */
export interface Staging {
  /** Throws a `StoreError`, or whatever the request's own planning throws; nothing is staged then. */
  stage(request: StagedRequest, now: string): StagedCommit;
  /** Forgets what is now in the state. */
  settle(commit: StagedCommit): void;
  /** Forgets everything staged: it never became durable. */
  discard(): void;
}

export function createStaging({ state, cache, validate, maxCommitLength }: StagingOptions): Staging {
  const staged = createOverlay();
  const stagedMarks = new Map<string, ClientMark>();
  let stagedSeq: number | undefined;

  const markOf = (clientId: string) => stagedMarks.get(clientId) ?? state.mark(clientId);

  const view: StagedView = {
    get(collection, id) {
      return cache.read(entryOf(collection, id));
    },
    *scan(collection) {
      const durable = state.entries(collection);
      for (const id of durable.keys()) {
        const record = cache.read(entryOf(collection, id));
        if (record !== undefined) yield record;
      }
      for (const entry of staged.entriesOf(collection)) {
        if (durable.has(entry.id)) continue;
        const record = cache.read(entry);
        if (record !== undefined) yield record;
      }
    },
  };

  function entryOf(collection: CollectionName, id: string): Entry | undefined {
    return staged.entry(collection, id) ?? state.entry(collection, id);
  }

  function stage(request: StagedRequest, now: string): StagedCommit {
    const steps: readonly InternalStep[] =
      typeof request.steps === "function" ? request.steps(view) : request.steps;
    const seq = (stagedSeq ?? state.seq) + 1;
    const { clientId } = request;
    const mark = clientId === undefined ? undefined : markOf(clientId);

    // A single step has none before it to see.
    const draft = steps.length > 1 ? createOverlay() : undefined;
    const changes: PlannedChange[] = [];
    const results: StepResult[] = [];
    const rejections: Rejection[] = [];
    let highest = mark?.n ?? 0;

    const context: StepContext = {
      actor: request.actor,
      now,
      seq,
      validate,
      entry: (collection, id) => draft?.entry(collection, id) ?? entryOf(collection, id),
      record: (entry) => cache.peek(entry),
      counter: (key) => draft?.counter(key) ?? staged.counter(key) ?? state.counter(key),
      homeTwin(path) {
        const lower = path.toLowerCase();
        const known = draft?.home(lower) ?? staged.home(lower) ?? state.homeTwin(path);
        return known === path ? undefined : known;
      },
    };

    for (const step of steps) {
      const n = clientId !== undefined && "n" in step ? step.n : undefined;
      if (n !== undefined && n <= highest) {
        results.push(repeated(n, mark, rejections, seq));
        continue;
      }
      if (n !== undefined) highest = n;
      const planned = planStep(step, context);
      const result = n === undefined ? planned.result : { ...planned.result, n };
      results.push(result);
      if (result.status === "rejected") {
        if (request.atomicity === "all") throw new CommitRejectedError(results);
        if (n !== undefined) {
          rejections.push({ n, code: result.code, path: result.path, message: result.message });
        }
        continue;
      }
      const { change } = planned;
      if (change === undefined) continue;
      draft?.put(change);
      changes.push(change);
    }

    const advances = clientId !== undefined && highest > (mark?.n ?? 0);
    if (changes.length === 0 && !advances) {
      return { effect: undefined, body: "", by: request.by, seq: seq - 1, results };
    }
    const mutation = advances ? mutationMark(clientId, highest, rejections) : undefined;
    const body = journalBody({ at: now, by: request.by, changes, mutation });
    if (body.length > maxCommitLength) throw new StoreError("record.too-large");

    const effect: CommitEffect = {
      seq,
      at: now,
      entries: changes.map(({ entry }) => entry),
      replaced: changes.map(({ before }) => before),
      counters: countersOf(changes),
      mark: advances ? { clientId, mark: advanceMark(mark, highest, seq, rejections) } : undefined,
    };
    for (const change of changes) {
      staged.put(change);
      if (change.record !== undefined) cache.keepWritten(change.entry, change.record);
    }
    if (effect.mark !== undefined) stagedMarks.set(effect.mark.clientId, effect.mark.mark);
    stagedSeq = seq;
    return { effect, body, by: request.by, seq, results };
  }

  function discard(): void {
    staged.clear();
    stagedMarks.clear();
    stagedSeq = undefined;
  }

  return {
    stage,
    settle(commit) {
      for (const entry of commit.effect?.entries ?? []) staged.drop(entry);
      if (stagedSeq === commit.seq) discard();
    },
    discard,
  };
}

/** The answer to a mutation that was taken before: rejected again if it was then, so that no refusal gets lost. */
function repeated(
  n: number,
  mark: ClientMark | undefined,
  rejections: readonly Rejection[],
  seq: number,
): StepResult {
  const sameN = (rejection: Rejection) => rejection.n === n;
  const rejection = mark?.rejections.find(sameN) ?? rejections.find(sameN);
  if (rejection !== undefined) return { status: "rejected", ...rejection };
  return { status: "duplicate", n, seq: n <= (mark?.n ?? 0) ? (mark?.seq ?? seq) : seq };
}

function countersOf(changes: readonly PlannedChange[]): CommitEffect["counters"] {
  const counters: { readonly key: string; readonly value: number }[] = [];
  for (const { counter } of changes) if (counter !== undefined) counters.push(counter);
  return counters;
}

function mutationMark(clientId: string, n: number, rejected: readonly Rejection[]): MutationMark {
  return rejected.length === 0 ? { clientId, n } : { clientId, n, rejected };
}
