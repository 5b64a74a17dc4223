import type { ApplyContext, CollectionName, RecordOf } from "@safelight/shared";
import { CommitRejectedError, StoreError } from "../store-error.ts";
import type { CommitRequest, StagedView, StepResult } from "../store.ts";
import { advanceMark, type ClientMark, type Rejection } from "./client-mark.ts";
import type { Entry } from "./entry.ts";
import { journalBody, type JournalChange, type MutationMark } from "./journal-line.ts";
import { type InternalStep, planStep, type StepContext } from "./plan-step.ts";
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
  const stagedEntries = new Map<string, Entry>();
  const stagedCounters = new Map<string, number>();
  const stagedMarks = new Map<string, ClientMark>();
  const stagedHomes = new Map<string, string>();
  let stagedSeq: number | undefined;

  const markOf = (clientId: string) => stagedMarks.get(clientId) ?? state.mark(clientId);

  const view: StagedView = {
    get<C extends CollectionName>(collection: C, id: string) {
      return cache.read(entryOf(collection, id)) as RecordOf<C> | undefined;
    },
    *scan<C extends CollectionName>(collection: C) {
      const durable = state.entries(collection);
      for (const id of durable.keys()) {
        const record = cache.read(entryOf(collection, id));
        if (record !== undefined) yield record as RecordOf<C>;
      }
      for (const entry of stagedEntries.values()) {
        if (entry.collection !== collection || durable.has(entry.id)) continue;
        const record = cache.read(entry);
        if (record !== undefined) yield record as RecordOf<C>;
      }
    },
  };

  function entryOf(collection: CollectionName, id: string): Entry | undefined {
    return stagedEntries.get(`${collection}/${id}`) ?? state.entry(collection, id);
  }

  function stage(request: StagedRequest, now: string): StagedCommit {
    const steps: readonly InternalStep[] =
      typeof request.steps === "function" ? request.steps(view) : request.steps;
    const seq = (stagedSeq ?? state.seq) + 1;
    const { clientId } = request;
    const mark = clientId === undefined ? undefined : markOf(clientId);

    const draftEntries = new Map<string, Entry>();
    const draftCounters = new Map<string, number>();
    const draftHomes = new Map<string, string>();
    const changes: JournalChange[] = [];
    const entries: Entry[] = [];
    const results: StepResult[] = [];
    const rejections: Rejection[] = [];
    let highest = mark?.n ?? 0;

    const context: StepContext = {
      actor: request.actor,
      now,
      seq,
      validate,
      entry: (collection, id) => draftEntries.get(`${collection}/${id}`) ?? entryOf(collection, id),
      record: (entry) => cache.read(entry),
      counter: (key) => draftCounters.get(key) ?? stagedCounters.get(key) ?? state.counter(key),
      homeTwin(path) {
        const lower = path.toLowerCase();
        const known = draftHomes.get(lower) ?? stagedHomes.get(lower) ?? state.homeTwin(path);
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
      draftEntries.set(`${change.entry.collection}/${change.entry.id}`, change.entry);
      draftHomes.set(change.entry.home.toLowerCase(), change.entry.home);
      if (change.counter !== undefined) draftCounters.set(change.counter.key, change.counter.value);
      if (change.record !== undefined) cache.keep(change.entry, change.record);
      entries.push(change.entry);
      changes.push({ ...change.entry, fields: change.fields });
    }

    const advances = clientId !== undefined && highest > (mark?.n ?? 0);
    if (entries.length === 0 && !advances) {
      return { effect: undefined, body: "", by: request.by, seq: seq - 1, results };
    }
    const mutation = advances ? mutationMark(clientId, highest, rejections) : undefined;
    const body = journalBody({ at: now, by: request.by, changes, ...(mutation && { mutation }) });
    if (body.length > maxCommitLength) throw new StoreError("record.too-large");

    const effect: CommitEffect = {
      seq,
      at: now,
      entries,
      counters: [...draftCounters].map(([key, value]) => ({ key, value })),
      mark: advances ? { clientId, mark: advanceMark(mark, highest, seq, rejections) } : undefined,
    };
    for (const [key, entry] of draftEntries) stagedEntries.set(key, entry);
    for (const [key, value] of draftCounters) stagedCounters.set(key, value);
    for (const [lower, home] of draftHomes) stagedHomes.set(lower, home);
    if (effect.mark !== undefined) stagedMarks.set(effect.mark.clientId, effect.mark.mark);
    stagedSeq = seq;
    return { effect, body, by: request.by, seq, results };
  }

  return {
    stage,
    settle(commit) {
      for (const entry of commit.effect?.entries ?? []) {
        const key = `${entry.collection}/${entry.id}`;
        if (stagedEntries.get(key) === entry) stagedEntries.delete(key);
      }
      if (stagedSeq !== commit.seq) return;
      stagedEntries.clear();
      stagedCounters.clear();
      stagedMarks.clear();
      stagedHomes.clear();
      stagedSeq = undefined;
    },
    discard() {
      stagedEntries.clear();
      stagedCounters.clear();
      stagedMarks.clear();
      stagedHomes.clear();
      stagedSeq = undefined;
    },
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

function mutationMark(clientId: string, n: number, rejected: readonly Rejection[]): MutationMark {
  return rejected.length === 0 ? { clientId, n } : { clientId, n, rejected };
}
