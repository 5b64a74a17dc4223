import type { GeneratedContent, Job } from "@safelight/shared";
import { dayKey, lastDays } from "../../../domain/day.ts";

/** One day of the range, whether something happened on it or not. */
export interface DayFigures {
  /** `2026-03-10`, in this device's time zone. */
  readonly day: string;
  readonly jobs: number;
  readonly failed: number;
  readonly usd: number;
}

/** Jobs that have one thing in common. */
export interface GroupFigures {
  readonly key: string;
  readonly jobs: number;
  readonly usd: number;
  /** Of those that ended; `undefined` when none did. */
  readonly succeededShare: number | undefined;
}

/** What the jobs of some days come to. Money in US dollars, times in seconds, shares from 0 to 1. */
export interface JobSummary {
  readonly days: readonly DayFigures[];
  readonly jobs: number;
  readonly usd: number;
  /** Jobs whose price nobody told: what was spent is at least the rest. */
  readonly unpriced: number;
  readonly succeededShare: number | undefined;
  /** Time from start to end of the jobs that succeeded. */
  readonly seconds: { readonly p50: number; readonly p90: number; readonly p99: number } | undefined;
  readonly byProvider: readonly GroupFigures[];
  readonly byModel: readonly GroupFigures[];
  readonly byStatus: readonly GroupFigures[];
}

interface Tally {
  jobs: number;
  usd: number;
  succeeded: number;
  ended: number;
  failed: number;
}

type Counted = Pick<Job, "createdAt" | "provider" | "model" | "status" | "charge" | "duration">;

export interface SummaryOptions {
  readonly today: Date;
  /** So many days, `today` the last; all since the first job when left out. */
  readonly days?: number | undefined;
  /** Jobs in the trash: they are no more counted, but what they cost was spent. */
  readonly discarded?: readonly Counted[];
}

/** Sums up the jobs of some days. */
export function summariseJobs(jobs: readonly Counted[], options: SummaryOptions): JobSummary {
  const { today, days, discarded = [] } = options;
  const keys = lastDays(today, Math.min(MAX_DAYS, days ?? daysSince([jobs, discarded], today)));
  const byDay = new Map(keys.map((day) => [day, newTally()]));
  const groups = {
    provider: new Map<string, Tally>(),
    model: new Map<string, Tally>(),
    status: new Map<string, Tally>(),
  };
  const all = newTally();
  const seconds: number[] = [];
  let unpriced = 0;
  for (const job of jobs) {
    const day = byDay.get(dayOf(job.createdAt));
    if (day === undefined) continue;
    const tallies = [
      all,
      day,
      tallyOf(groups.provider, job.provider),
      tallyOf(groups.model, modelKey(job)),
      tallyOf(groups.status, job.status),
    ];
    for (const tally of tallies) count(tally, job);
    if (job.charge.state === "unknown" && job.charge.usd === undefined) unpriced += 1;
    if (job.status === "succeeded" && job.duration !== undefined) seconds.push(job.duration);
  }
  for (const job of discarded) {
    const usd = job.charge.usd ?? 0;
    const day = usd === 0 ? undefined : byDay.get(dayOf(job.createdAt));
    if (day === undefined) continue;
    for (const tally of [
      all,
      day,
      tallyOf(groups.provider, job.provider),
      tallyOf(groups.model, modelKey(job)),
    ]) {
      tally.usd += usd;
    }
  }
  return {
    days: keys.map((day) => {
      const { jobs: made = 0, failed = 0, usd = 0 } = byDay.get(day) ?? {};
      return { day, jobs: made, failed, usd };
    }),
    jobs: all.jobs,
    usd: all.usd,
    unpriced,
    succeededShare: shareOf(all),
    seconds: percentilesOf(seconds),
    byProvider: figuresOf(groups.provider),
    byModel: figuresOf(groups.model),
    byStatus: figuresOf(groups.status),
  };
}

/** Bytes of all pictures and clips at the end of each of the days, each file counted once. */
export function storageGrowth(
  contents: readonly Pick<GeneratedContent, "createdAt" | "blob">[],
  days: readonly string[],
): readonly number[] {
  const [first = ""] = days;
  const added = new Map<string, number>();
  const seen = new Set<string>();
  let before = 0;
  const oldestFirst = contents.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  for (const { createdAt, blob } of oldestFirst) {
    if (blob === undefined || seen.has(blob.sha256)) continue;
    seen.add(blob.sha256);
    const day = dayOf(createdAt);
    if (day < first) before += blob.sizeBytes;
    else added.set(day, (added.get(day) ?? 0) + blob.sizeBytes);
  }
  let total = before;
  return days.map((day) => (total += added.get(day) ?? 0));
}

/** The value below which a share of the sorted values lies (nearest rank). */
function rankOf(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function percentilesOf(seconds: readonly number[]): JobSummary["seconds"] {
  if (seconds.length === 0) return undefined;
  const sorted = Float64Array.from(seconds).toSorted();
  return { p50: rankOf(sorted, 0.5), p90: rankOf(sorted, 0.9), p99: rankOf(sorted, 0.99) };
}

/** The day of a moment, in this device's time zone. */
const dayOf = memoised((iso) => dayKey(new Date(iso)));

/** Remembers the day of each quarter of an hour, the finest that time zones differ by. */
function memoised(slow: (iso: string) => string): (iso: string) => string {
  const known = new Map<string, string>();
  return (iso) => {
    const minute = Math.floor(Number(iso.slice(14, 16)) / 15) * 15;
    const key = `${iso.slice(0, 14)}${String(minute).padStart(2, "0")}`;
    const day = known.get(key) ?? slow(iso);
    known.set(key, day);
    return day;
  };
}

const MAX_DAYS = 3660;

function modelKey({ provider, model }: Counted): string {
  return model === undefined ? provider : `${provider} · ${model}`;
}

function daysSince(lists: readonly (readonly Counted[])[], today: Date): number {
  let oldest = "";
  for (const jobs of lists) {
    for (const { createdAt } of jobs) if (oldest === "" || createdAt < oldest) oldest = createdAt;
  }
  if (oldest === "") return 1;
  return Math.max(1, Math.ceil((today.getTime() - Date.parse(oldest)) / 86_400_000) + 1);
}

function newTally(): Tally {
  return { jobs: 0, usd: 0, succeeded: 0, ended: 0, failed: 0 };
}

function tallyOf(group: Map<string, Tally>, key: string): Tally {
  const tally = group.get(key) ?? newTally();
  group.set(key, tally);
  return tally;
}

function count(tally: Tally, { status, charge }: Counted): void {
  tally.jobs += 1;
  tally.usd += charge.usd ?? 0;
  if (status === "succeeded") tally.succeeded += 1;
  if (status === "failed" || status === "unknown") tally.failed += 1;
  if (status === "succeeded" || status === "failed" || status === "unknown") tally.ended += 1;
}

function shareOf({ succeeded, ended }: Tally): number | undefined {
  return ended === 0 ? undefined : succeeded / ended;
}

function figuresOf(group: ReadonlyMap<string, Tally>): readonly GroupFigures[] {
  return [...group]
    .map(([key, tally]) => ({ key, jobs: tally.jobs, usd: tally.usd, succeededShare: shareOf(tally) }))
    .toSorted((a, b) => b.usd - a.usd || b.jobs - a.jobs);
}
