import type { Job } from "@safelight/shared";
import { dayKey } from "../../domain/day.ts";

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

const DAYS = 14;

interface Tally {
  spentUsd: number;
  jobs: number;
  succeeded: number;
  ended: number;
  seconds: number[];
}

export function jobMetrics(jobs: readonly Job[], now: Date): JobMetrics {
  const today = dayKey(now);
  const month = today.slice(0, 7);
  const days = new Map(lastDays(now, DAYS).map((day) => [day, newTally()]));
  const all = newTally();
  let spentThisMonthUsd = 0;
  let spentAtLeast = false;
  let failed = 0;
  let unknown = 0;

  for (const job of jobs) {
    const day = dayKey(new Date(job.createdAt));
    const usd = job.charge.usd ?? 0;
    if (day.startsWith(month)) {
      spentThisMonthUsd += usd;
      if (job.charge.state === "unknown") spentAtLeast = true;
    }
    if (job.status === "failed") failed += 1;
    if (job.status === "unknown") unknown += 1;
    for (const tally of [all, days.get(day)]) {
      if (tally !== undefined) count(tally, job, usd);
    }
  }

  const tallies = [...days.values()];
  return {
    spentThisMonthUsd,
    spentAtLeast,
    total: jobs.length,
    today: days.get(today)?.jobs ?? 0,
    succeededShare: shareOf(all),
    failed,
    unknown,
    medianSeconds: medianOf(all.seconds),
    perDay: {
      spentUsd: tallies.filter((tally) => tally.jobs > 0).map((tally) => tally.spentUsd),
      jobs: tallies.filter((tally) => tally.jobs > 0).map((tally) => tally.jobs),
      succeededShare: tallies.flatMap((tally) => shareOf(tally) ?? []),
      medianSeconds: tallies.flatMap((tally) => medianOf(tally.seconds) ?? []),
    },
  };
}

function count(tally: Tally, job: Job, usd: number): void {
  tally.jobs += 1;
  tally.spentUsd += usd;
  if (job.status === "succeeded" || job.status === "failed" || job.status === "unknown") tally.ended += 1;
  if (job.status !== "succeeded") return;
  tally.succeeded += 1;
  if (job.duration !== undefined && (job.kind === "image" || job.kind === "sprite")) {
    tally.seconds.push(job.duration);
  }
}

/** The middle value; the mean of the two middle ones when their count is even; `undefined` of nothing. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

function shareOf(tally: Tally): number | undefined {
  return tally.ended === 0 ? undefined : tally.succeeded / tally.ended;
}

function newTally(): Tally {
  return { spentUsd: 0, jobs: 0, succeeded: 0, ended: 0, seconds: [] };
}

function lastDays(now: Date, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1 - index))),
  );
}
