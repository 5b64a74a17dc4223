import { jobMatcher } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { makeJob } from "../../testing/make-records.ts";
import { choiceOf, isNarrowed, parseJobsSearch } from "./jobs-search.ts";

const today = "2026-03-10";
const noon = (day: number) => new Date(2026, 2, day, 12).toISOString();
const jobs = [
  makeJob({ id: "job-1", status: "running", createdAt: noon(10), model: "paint" }),
  makeJob({
    id: "job-2",
    status: "failed",
    provider: "fal",
    createdAt: noon(9),
    charge: { state: "reported", usd: 0.04 },
    error: { code: "x", message: "Out of memory" },
  }),
  makeJob({
    id: "job-3",
    kind: "sprite",
    createdAt: noon(1),
    charge: { state: "unknown", usd: 9 },
    prompt: "ＦＯＸ in snow",
  }),
];
const ids = (search: Record<string, unknown>) => {
  const matches = jobMatcher(choiceOf(parseJobsSearch(search), today));
  return jobs.filter((job) => matches?.(job) !== false).map(({ id }) => id);
};

describe("the address of the Jobs room", () => {
  it("narrows by status, provider, kind and model", () => {
    expect(ids({})).toHaveLength(3);
    expect(ids({ status: "active" })).toEqual(["job-1"]);
    expect(ids({ status: "failed" })).toEqual(["job-2"]);
    expect(ids({ provider: "fal" })).toEqual(["job-2"]);
    expect(ids({ kind: "sprite" })).toEqual(["job-3"]);
    expect(ids({ model: "paint" })).toEqual(["job-1"]);
    expect(ids({ status: "failed", kind: "sprite" })).toEqual([]);
  });

  it("narrows by local days, the last ones or between two", () => {
    expect(ids({ days: 1 })).toEqual(["job-1"]);
    expect(ids({ days: 2 })).toEqual(["job-1", "job-2"]);
    expect(ids({ from: "2026-03-01", to: "2026-03-09" })).toEqual(["job-2", "job-3"]);
  });

  it("narrows by price; what nobody told is in no range", () => {
    expect(ids({ maxUsd: 0 })).toEqual(["job-1"]);
    expect(ids({ minUsd: 0.01, maxUsd: 0.05 })).toEqual(["job-2"]);
    expect(ids({ minUsd: 1 })).toEqual([]);
    expect(ids({ charge: "unknown" })).toEqual(["job-3"]);
  });

  it("finds words of prompts, errors and ids, each somewhere, whatever their width", () => {
    expect(ids({ q: "snow fox" })).toEqual(["job-3"]);
    expect(ids({ q: "MEMORY" })).toEqual(["job-2"]);
    expect(ids({ q: "job-1" })).toEqual(["job-1"]);
  });

  it("leaves out what it has no sense for", () => {
    const nonsense = {
      status: "asleep",
      kind: 4,
      provider: "",
      days: 0,
      from: "soon",
      order: "size",
      minUsd: -1,
    };
    expect(parseJobsSearch({ ...nonsense, other: "x" })).toEqual({});
    expect(isNarrowed(parseJobsSearch({ order: "-cost" }))).toBe(false);
    expect(isNarrowed(parseJobsSearch({ batch: "batch-1" }))).toBe(true);
  });
});
