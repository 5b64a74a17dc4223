import { describe, expect, it } from "vitest";
import { makeJob } from "../../testing/make-records.ts";
import { jobMetrics, medianOf } from "./job-metrics.ts";

const now = new Date(2026, 2, 10, 15);
const on = (month: number, day: number) => new Date(2026, month - 1, day, 12).toISOString();

describe("jobMetrics", () => {
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

describe("medianOf", () => {
  it("is the middle value, or the mean of the two middle ones", () => {
    expect(medianOf([9, 1, 3])).toBe(3);
    expect(medianOf([4, 1, 3, 2])).toBe(2.5);
    expect(medianOf([])).toBeUndefined();
  });
});
