import { describe, expect, it } from "vitest";
import { storageGrowth, summariseJobs } from "./summarise-jobs.ts";

const today = new Date(2026, 2, 10, 12);
const at = (day: number, hour = 12) => new Date(2026, 2, day, hour).toISOString();
const job = (day: number, more: object = {}) => ({
  createdAt: at(day),
  provider: "fal",
  model: "flux",
  status: "succeeded" as const,
  charge: { state: "reported" as const, usd: 0.1 },
  duration: 10,
  ...more,
});

describe("the figures of jobs", () => {
  it("are summed by day, provider, model and status", () => {
    const jobs = [
      job(10),
      job(10, { status: "failed", charge: { state: "none" } }),
      job(9, { provider: "local", model: undefined, charge: { state: "none" } }),
      job(1),
    ];
    const summary = summariseJobs(jobs, { today, days: 3 });
    expect(summary).toMatchObject({ jobs: 3, unpriced: 0, succeededShare: 2 / 3 });
    expect(summary.usd).toBeCloseTo(0.1);
    expect(summary.days.map(({ day, jobs: made, failed }) => [day, made, failed])).toEqual([
      ["2026-03-08", 0, 0],
      ["2026-03-09", 1, 0],
      ["2026-03-10", 2, 1],
    ]);
    expect(summary.byProvider.map(({ key, jobs: made }) => [key, made])).toEqual([
      ["fal", 2],
      ["local", 1],
    ]);
    expect(summary.byModel.map(({ key }) => key)).toEqual(["fal · flux", "local"]);
    expect(summary.byStatus.find(({ key }) => key === "failed")).toMatchObject({
      jobs: 1,
      succeededShare: 0,
    });
  });

  it("reach back to the first job unless told otherwise, and count days without any", () => {
    const { days } = summariseJobs([job(10), job(1)], { today });
    expect(days.map(({ day }) => day)).toContain("2026-03-01");
    expect(days.at(-1)?.day).toBe("2026-03-10");
    expect(summariseJobs([], { today })).toMatchObject({
      jobs: 0,
      usd: 0,
      seconds: undefined,
      succeededShare: undefined,
    });
  });

  it("give the times of those that succeeded by nearest rank", () => {
    const jobs = Array.from({ length: 100 }, (_, index) => job(10, { duration: index + 1 }));
    expect(summariseJobs(jobs, { today, days: 1 }).seconds).toEqual({ p50: 50, p90: 90, p99: 99 });
  });

  it("say how many prices nobody told", () => {
    const jobs = [
      job(10, { charge: { state: "unknown" } }),
      job(10, { charge: { state: "unknown", usd: 0.2 } }),
    ];
    expect(summariseJobs(jobs, { today, days: 1 })).toMatchObject({ unpriced: 1, usd: 0.2 });
  });

  it("hold what was spent on jobs that lie in the trash, and do not count those", () => {
    const summary = summariseJobs([job(10)], { today, days: 2, discarded: [job(9), job(1)] });
    expect(summary).toMatchObject({ jobs: 1, succeededShare: 1, seconds: { p50: 10 } });
    expect(summary.usd).toBeCloseTo(0.2);
    expect(summary.days.map(({ jobs, usd }) => [jobs, usd])).toEqual([
      [0, 0.1],
      [1, 0.1],
    ]);
    expect(summary.byProvider).toEqual([{ key: "fal", jobs: 1, usd: 0.2, succeededShare: 1 }]);
  });

  it("take a tenth of a second at a hundred thousand jobs", () => {
    const jobs = Array.from({ length: 100_000 }, (_, index) => job(1 + (index % 10)));
    const before = performance.now();
    summariseJobs(jobs, { today, days: 30 });
    // A frozen machine is no reason to fail: what is meant is not seconds.
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

describe("the growth of the storage", () => {
  it("counts each file once, and what was there before from the start", () => {
    const blob = (sha256: string, sizeBytes: number) => ({ sha256, sizeBytes, mime: "image/png" });
    const contents = [
      { createdAt: at(10), blob: blob("b", 5) },
      { createdAt: at(1), blob: blob("a", 100) },
      { createdAt: at(10), blob: blob("a", 100) },
      { createdAt: at(10) },
    ];
    expect(storageGrowth(contents, ["2026-03-08", "2026-03-09", "2026-03-10"])).toEqual([100, 100, 105]);
  });
});
