import { type AnyRecord, COLLECTION_NAMES, type CollectionName, type JsonObject } from "@safelight/shared";
import type { History, Moment, PastRecord, RecordVersion, RestoreRequest } from "../../history.ts";
import { StoreError } from "../../store-error.ts";
import type { PlannedMutation, StagedView } from "../../store.ts";
import type { Entry } from "../entry.ts";
import { parseRecord } from "../entry.ts";
import type { RecordStore } from "../record-store.ts";
import type { StoreState } from "../store-state.ts";
import { type HistorySource, type OpenPast, type PastSegment, reachOf } from "./history-source.ts";
import { findPastState, readPastRecords } from "./past-state.ts";
import { planLost } from "./plan-lost.ts";
import { planRestore } from "./plan-restore.ts";
import { readVersions } from "./read-versions.ts";
import { rewindTo } from "./rewind.ts";

export interface HistoryOptions {
  readonly source: HistorySource;
  readonly state: StoreState;
  readonly records: Pick<RecordStore, "commit" | "get">;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;
/** Records that are parsed before others have their turn. */
const RECORDS_A_TURN = 200;

/** The history of a store, wherever its past is kept. */
export function createHistory({ source, state, records }: HistoryOptions): History {
  async function withPast<T>(work: (past: OpenPast) => Promise<T>): Promise<T> {
    const past = await source.open();
    try {
      return await work(past);
    } finally {
      past.release();
    }
  }

  /** The versions on record, and the present one where it is missing there. */
  async function pageOf(
    { segments }: OpenPast,
    collection: CollectionName,
    id: string,
    { limit, before }: { readonly limit: number; readonly before: number },
  ) {
    const page = await readVersions(segments, { collection, id, limit, before });
    const entry = state.entry(collection, id);
    const isShown = entry === undefined || entry.seq >= before || page.versions[0]?.seq === entry.seq;
    // One that was made after the past was opened is for the next reader.
    if (isShown || entry.seq > (segments.at(-1)?.to ?? 0)) return page;
    const present = presentVersion(entry);
    if (present === undefined) return page;
    const versions = [present, ...page.versions].slice(0, limit);
    const isCut = page.versions.length + 1 > limit || page.nextBefore !== undefined;
    return { versions, nextBefore: isCut ? versions.at(-1)?.seq : undefined };
  }

  async function versionAt(collection: CollectionName, id: string, seq: number) {
    const page = await withPast((past) => pageOf(past, collection, id, { limit: 1, before: seq + 1 }));
    return page.versions[0];
  }

  /** The latest state of each record and of each that was purged, as of one moment. */
  function presentEntries(collection: CollectionName | undefined): readonly Entry[] {
    const names = collection === undefined ? COLLECTION_NAMES : [collection];
    const buried = [...state.tombstones()].filter((entry) => names.includes(entry.collection));
    return [...names.flatMap((name) => [...state.entries(name).values()]), ...buried];
  }

  async function stateOf({ segments }: OpenPast, moment: Moment, collection: CollectionName | undefined) {
    const present = presentEntries(collection);
    const reach = reachOf(segments);
    const head = segments.at(-1)?.to ?? 0;
    const asked = "seq" in moment ? moment.seq : await seqAt(reach.segments, moment.at);
    if (asked === undefined ? reach.seq > 0 : asked < reach.seq) throw new StoreError("history.out-of-reach");
    const seq = Math.min(asked ?? 0, head);
    const past = await findPastState(reach.segments, { seq, collection, present });
    return { seq, present, past, segments: reach.segments };
  }

  async function* conflicts({ after, to }: { readonly after: number; readonly to: number }) {
    const opened = await source.open();
    try {
      for (const segment of opened.segments) {
        if (segment.isBase || segment.to <= after || segment.from > to) continue;
        for await (const { seq, changes } of segment.commits({ isOfConflicts: true, strict: false })) {
          if (seq > to) break;
          if (seq <= after) continue;
          for (const { collection, id, record, conflict } of changes) {
            if (record !== undefined && conflict !== undefined)
              yield { seq, collection, id, record, conflict };
          }
        }
      }
    } finally {
      opened.release();
    }
  }

  async function* stateAt(
    moment: Moment,
    collection?: CollectionName,
  ): AsyncGenerator<PastRecord, void, undefined> {
    const opened = await source.open();
    try {
      const { seq, present, past, segments } = await stateOf(opened, moment, collection);
      for (const [at, entry] of present.entries()) {
        if (at % RECORDS_A_TURN === 0) await source.giveWay();
        if (entry.seq > seq || entry.json === undefined) continue;
        const { id } = entry;
        yield { collection: entry.collection, id, seq: entry.seq, record: parseRecord(entry.json) };
      }
      yield* readPastRecords(segments, past.versions);
    } finally {
      opened.release();
    }
  }

  async function restore(request: RestoreRequest) {
    const { collection, id, seq, by, take = "record" } = request;
    const version = await versionAt(collection, id, seq);
    const steps = stepsOf(version, take);
    let skipped: ReturnType<typeof planRestore>["skipped"];
    const result = await records.commit({
      by,
      actor: "server",
      atomicity: "all",
      steps(staged) {
        const plan = steps(staged, collection, id);
        ({ skipped } = plan);
        if (plan.skipped?.code === "job.active")
          throw new StoreError("restore.refused", { detail: plan.skipped.message });
        return plan.steps;
      },
    });
    const last = result.results.findLast((step) => "record" in step);
    const record = last !== undefined && "record" in last ? last.record : records.get(collection, id);
    return { ...result, record, skipped: skipped === undefined ? [] : [skipped] };
  }

  return {
    versions(collection, id, { limit = DEFAULT_LIMIT, before = Number.POSITIVE_INFINITY } = {}) {
      const shown = Math.max(1, Math.min(limit, MAX_LIMIT));
      return withPast((past) => pageOf(past, collection, id, { limit: shown, before }));
    },
    versionAt,
    conflicts,
    stateAt,
    oldest: () =>
      withPast(async ({ segments }) => {
        const reach = reachOf(segments);
        return { seq: reach.seq, at: await firstTimeAfter(reach.segments, reach.seq) };
      }),
    restore,
    rewind: (request) =>
      withPast(async (opened) => {
        const { seq, past, segments } = await stateOf(opened, request.to, request.collection);
        return rewindTo({ request, to: seq, past, segments, state, records });
      }),
  };
}

/** Plans the restore of a version against the record as it is staged. */
function stepsOf(version: RecordVersion | undefined, take: "record" | "lost") {
  const record = version?.record;
  if (record === undefined) throw new StoreError("history.missing");
  return (
    staged: StagedView,
    collection: CollectionName,
    id: string,
  ): {
    readonly steps: readonly PlannedMutation[];
    readonly skipped?: ReturnType<typeof planRestore>["skipped"];
  } => {
    const current = staged.get(collection, id) as AnyRecord | undefined;
    if (take === "lost") return { steps: planLost(collection, id, lostOf(version), current) };
    const { deletedAt: _, ...live } = record;
    return planRestore({ collection, id, record: live }, current);
  };
}

function lostOf(version: RecordVersion | undefined): JsonObject {
  const lost = version?.conflict?.lost;
  if (lost === undefined || Object.keys(lost).length === 0) {
    throw new StoreError("history.missing", { detail: "Nothing was lost against this version." });
  }
  return lost;
}

/** The present state as a version, where the history does not tell who made it. */
function presentVersion({ seq, op, json, conflict }: Entry): RecordVersion | undefined {
  if (json === undefined) return undefined;
  const record = parseRecord(json);
  return { seq, at: record.updatedAt, by: "unknown", op, fields: [], record, conflict };
}

/** The last commit not later than a time; `undefined` when there is none. */
async function seqAt(segments: readonly PastSegment[], at: string): Promise<number | undefined> {
  for (const segment of segments.toReversed()) {
    let last: number | undefined;
    for await (const commit of segment.times()) if (commit.at <= at) last = commit.seq;
    if (last !== undefined) return last;
  }
  return undefined;
}

async function firstTimeAfter(segments: readonly PastSegment[], seq: number): Promise<string | undefined> {
  for (const segment of segments) {
    if (segment.to <= seq) continue;
    for await (const commit of segment.times()) if (commit.seq > seq) return commit.at;
  }
  return undefined;
}
