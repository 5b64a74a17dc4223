import type { Job } from "@safelight/shared";
import { dayKey, lastDays } from "../../../domain/day.ts";
import { diffRecords } from "../../../domain/diff-records.ts";
import { isActive } from "../../../domain/job-status.ts";
import { createDayFinder } from "./day-finder.ts";
import { createSortedNumbers, type SortedNumbers } from "./sorted-numbers.ts";

/** The figures above the table, counted from the records that there are. Shares run from 0 to 1, times in seconds. */
export interface JobMetrics {
  readonly spentThisMonthUsd: number;
  /** Whether some charge of this month is not known. */
  readonly spentAtLeast: boolean;
  readonly total: number;
  readonly today: number;
  /** Of the jobs that ended; `undefined` when none did. */
  readonly succeededShare: number | undefined;
  readonly failed: number;
  readonly unknown: number;
  readonly active: number;
  readonly queued: number;
  /** Of image and sprite jobs that succeeded; `undefined` when none did. */
  readonly medianSeconds: number | undefined;
  /** One value per day of the last two weeks on which there is one, oldest first. */
  readonly perDay: {
    readonly spentUsd: readonly number[];
    readonly jobs: readonly number[];
    readonly succeededShare: readonly number[];
    readonly medianSeconds: readonly number[];
  };
}

/** How many jobs there are of each provider, and of each model of it. */
export interface JobFacets {
  readonly providers: ReadonlyMap<string, number>;
  /** Models, by provider. */
  readonly models: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Counts over all jobs, kept: a change costs what it touches. */
export interface JobTally {
  /** `jobs`: all, newest first, each replaced when it changes. */
  update(jobs: readonly Job[]): void;
  metrics(now: Date): JobMetrics;
  facets(): JobFacets;
}

interface Tally {
  /** In billionths of a dollar, so that what is taken away leaves nothing over. */
  spentNanos: number;
  unknownCharges: number;
  jobs: number;
  succeeded: number;
  ended: number;
  readonly seconds: SortedNumbers;
}

const DAYS = 14;
const NANOS = 1e9;

export function createJobTally(): JobTally {
  let source: readonly Job[] = [];
  const days = new Map<string, Tally>();
  const all = newTally();
  const statuses = new Map<string, number>();
  const providers = new Map<string, number>();
  const models = new Map<string, Map<string, number>>();
  let active = 0;
  const dayOf = createDayFinder();

  function count(job: Job, sign: 1 | -1): void {
    add(statuses, job.status, sign);
    add(providers, job.provider, sign);
    if (job.model !== undefined) {
      const held = models.get(job.provider) ?? new Map<string, number>();
      models.set(job.provider, held);
      add(held, job.model, sign);
    }
    if (isActive(job)) active += sign;
    const day = dayOf(job.createdAt);
    let tally = days.get(day);
    if (tally === undefined) days.set(day, (tally = newTally()));
    countIn(tally, job, sign);
    countIn(all, job, sign);
  }

  return {
    update(jobs) {
      diffRecords(source, jobs, (before, after) => {
        if (before !== undefined) count(before, -1);
        if (after !== undefined) count(after, 1);
      });
      source = jobs;
    },
    metrics(now) {
      const today = dayKey(now);
      const month = [...days].flatMap(([day, tally]) => (day.startsWith(today.slice(0, 7)) ? tally : []));
      const lately = lastDays(now, DAYS).flatMap((day) => {
        const tally = days.get(day);
        return tally === undefined || tally.jobs === 0 ? [] : tally;
      });
      return {
        spentThisMonthUsd: month.reduce((sum, { spentNanos }) => sum + spentNanos, 0) / NANOS,
        spentAtLeast: month.some(({ unknownCharges }) => unknownCharges > 0),
        total: all.jobs,
        today: days.get(today)?.jobs ?? 0,
        succeededShare: shareOf(all),
        failed: statuses.get("failed") ?? 0,
        unknown: statuses.get("unknown") ?? 0,
        active,
        queued: statuses.get("queued") ?? 0,
        medianSeconds: all.seconds.median(),
        perDay: {
          spentUsd: lately.map(({ spentNanos }) => spentNanos / NANOS),
          jobs: lately.map(({ jobs }) => jobs),
          succeededShare: lately.flatMap((tally) => shareOf(tally) ?? []),
          medianSeconds: lately.flatMap(({ seconds }) => seconds.median() ?? []),
        },
      };
    },
    facets: () => ({ providers, models }),
  };
}

function countIn(tally: Tally, job: Job, sign: 1 | -1): void {
  tally.jobs += sign;
  tally.spentNanos += sign * Math.round((job.charge.usd ?? 0) * NANOS);
  if (job.charge.state === "unknown") tally.unknownCharges += sign;
  if (job.status === "succeeded" || job.status === "failed" || job.status === "unknown") tally.ended += sign;
  if (job.status !== "succeeded") return;
  tally.succeeded += sign;
  if (job.duration === undefined || (job.kind !== "image" && job.kind !== "sprite")) return;
  if (sign === 1) tally.seconds.add(job.duration);
  else tally.seconds.remove(job.duration);
}

function add(counts: Map<string, number>, key: string, sign: 1 | -1): void {
  const next = (counts.get(key) ?? 0) + sign;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}

function shareOf(tally: Tally): number | undefined {
  return tally.ended === 0 ? undefined : tally.succeeded / tally.ended;
}

function newTally(): Tally {
  return {
    spentNanos: 0,
    unknownCharges: 0,
    jobs: 0,
    succeeded: 0,
    ended: 0,
    seconds: createSortedNumbers(),
  };
}
