import { describe, expect, it } from "vitest";
import { makeJob } from "../../../testing/make-records.ts";
import type { Job } from "@safelight/shared";
import { compareNewestFirst } from "../../../domain/diff-records.ts";
import { createJobTally } from "./job-tally.ts";
import { createSortedNumbers } from "./sorted-numbers.ts";

const now = new Date(2026, 2, 10, 15);
const on = (month: number, day: number) => new Date(2026, month - 1, day, 12).toISOString();

function jobMetrics(jobs: readonly Job[], at: Date) {
  const tally = createJobTally();
  tally.update(jobs.toSorted(compareNewestFirst));
  return tally.metrics(at);
}

describe("the figures over the jobs", () => {
  it("counts what this month's jobs cost, and says when some charge is not known", () => {
    const jobs = [
      makeJob({ id: "job-1", createdAt: on(3, 1), charge: { state: "reported", usd: 0.04 } }),
      makeJob({ id: "job-2", createdAt: on(3, 9), charge: { state: "estimated", usd: 0.06 } }),
      makeJob({ id: "job-3", createdAt: on(2, 27), charge: { state: "reported", usd: 9 } }),
    ];
    expect(jobMetrics(jobs, now)).toMatchObject({ spentAtLeast: false });
    expect(jobMetrics(jobs, now).spentThisMonthUsd).toBeCloseTo(0.1, 9);
    const unknown = makeJob({ id: "job-4", createdAt: on(3, 2), charge: { state: "unknown" } });
    expect(jobMetrics([...jobs, unknown], now).spentAtLeast).toBe(true);
  });

  it("takes the share of successes over jobs that ended, cancelled and open ones left out", () => {
    const jobs = (["succeeded", "succeeded", "succeeded", "failed", "canceled", "running"] as const).map(
      (status, index) => makeJob({ id: `job-${index}`, status }),
    );
    expect(jobMetrics(jobs, now)).toMatchObject({ succeededShare: 0.75, failed: 1, unknown: 0, total: 6 });
  });

  it("knows no share and no median of nothing", () => {
    expect(jobMetrics([], now)).toMatchObject({
      succeededShare: undefined,
      medianSeconds: undefined,
      total: 0,
    });
  });

  it("counts the jobs of today", () => {
    const jobs = [
      makeJob({ id: "job-1", createdAt: on(3, 10) }),
      makeJob({ id: "job-2", createdAt: on(3, 9) }),
    ];
    expect(jobMetrics(jobs, now).today).toBe(1);
  });

  it("gives one value per day that has one, oldest first, of the last two weeks", () => {
    const jobs = [
      makeJob({ id: "job-1", createdAt: on(3, 10), duration: 4 }),
      makeJob({ id: "job-2", createdAt: on(3, 8), duration: 2 }),
      makeJob({ id: "job-3", createdAt: on(3, 8), duration: 3 }),
      makeJob({ id: "job-4", createdAt: on(1, 8), duration: 90 }),
    ];
    expect(jobMetrics(jobs, now).perDay).toMatchObject({ jobs: [2, 1], medianSeconds: [2.5, 4] });
  });
});

describe("figures that are kept", () => {
  it("are those of a fresh count after every change", () => {
    const random = seeded(7);
    const tally = createJobTally();
    let jobs: readonly Job[] = [];
    for (let round = 0; round < 60; round += 1) {
      const next = jobs
        .filter(() => random() > 0.1)
        .map((job) => (random() > 0.2 ? job : someJob(job.id, random)));
      for (let index = 0; index < 4; index += 1) next.push(someJob(`job-${round}-${index}`, random));
      jobs = next.sort(compareNewestFirst);
      tally.update(jobs);
      expect(tally.metrics(now)).toEqual(jobMetrics(jobs, now));
    }
    expect(tally.facets().providers.get("fal")).toBe(
      jobs.filter(({ provider }) => provider === "fal").length,
    );
  });
});

describe("the middle of numbers that come and go", () => {
  it("is the middle value, or the mean of the two middle ones", () => {
    const numbers = createSortedNumbers();
    expect(numbers.median()).toBeUndefined();
    for (const value of [9, 1, 3]) numbers.add(value);
    expect(numbers.median()).toBe(3);
    numbers.add(4);
    expect(numbers.median()).toBe(3.5);
    numbers.remove(9);
    numbers.remove(100);
    expect(numbers.median()).toBe(3);
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

function someJob(id: string, random: () => number): Job {
  const pick = <const T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0];
  return makeJob({
    id,
    createdAt: new Date(now.getTime() - random() * 30 * 86_400_000).toISOString(),
    status: pick(["succeeded", "failed", "running", "unknown"]),
    provider: pick(["fal", "local"]),
    charge: pick<Job["charge"]>([
      { state: "none" },
      { state: "reported", usd: random() },
      { state: "unknown" },
    ]),
    duration: random() * 10,
  });
}
