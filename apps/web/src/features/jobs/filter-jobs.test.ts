import { describe, expect, it } from "vitest";
import { makeJob } from "../../testing/make-records.ts";
import { filterJobs } from "./filter-jobs.ts";
import { parseJobsSearch } from "./jobs-search.ts";

const jobs = [
  makeJob({ id: "job-1", status: "running" }),
  makeJob({ id: "job-2", status: "failed", provider: "fal" }),
  makeJob({ id: "job-3", kind: "sprite" }),
];
const ids = (search: Record<string, unknown>) =>
  filterJobs(jobs, parseJobsSearch(search)).map(({ id }) => id);

describe("the filters of the Jobs room", () => {
  it("narrow by status, provider and kind", () => {
    expect(ids({})).toHaveLength(3);
    expect(ids({ status: "active" })).toEqual(["job-1"]);
    expect(ids({ status: "failed" })).toEqual(["job-2"]);
    expect(ids({ provider: "fal" })).toEqual(["job-2"]);
    expect(ids({ kind: "sprite" })).toEqual(["job-3"]);
    expect(ids({ status: "failed", kind: "sprite" })).toEqual([]);
  });

  it("leave out what an address has no sense for", () => {
    expect(parseJobsSearch({ status: "asleep", kind: 4, provider: "", other: "x" })).toEqual({});
  });
});
