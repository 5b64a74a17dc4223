import { expect, it } from "vitest";
import { makeJob } from "../testing/make-records.ts";
import { createActiveJobs } from "./active-jobs.ts";

const at = (minute: number) => new Date(2026, 10, 21, 9, minute).toISOString();
const job = (minute: number, status: "queued" | "running" | "succeeded") =>
  makeJob({ id: `job-${minute}`, createdAt: at(minute), status });

it("follows which jobs are under way, newest first, and keeps its answer while they are the same", () => {
  const activeOf = createActiveJobs();
  const [first, second, done] = [job(1, "queued"), job(2, "running"), job(3, "succeeded")];
  expect(activeOf([done, second, first])).toEqual([second, first]);
  const before = activeOf([job(4, "succeeded"), done, second, first]);
  expect(activeOf([done, second, first])).toBe(before);
  const further = { ...second, progress: 0.5 };
  expect(activeOf([done, further, first])).toEqual([further, first]);
  expect(activeOf([done, job(2, "succeeded"), first])).toEqual([first]);
  expect(activeOf([])).toEqual([]);
});
