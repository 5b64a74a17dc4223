import { type Job, jobMatcher, jobSearchText } from "@safelight/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareNewestFirst } from "../../../domain/diff-records.ts";
import { makeJob } from "../../../testing/make-records.ts";
import { createJobList, type JobsAsked } from "./job-list.ts";
import { compareValues, JOB_SORT_KEYS, type JobSort, readSort, sortValues } from "./job-sort.ts";

const sorts: readonly (JobSort | undefined)[] = [
  undefined,
  ...JOB_SORT_KEYS.flatMap((key) => [key, `-${key}`] as const),
];

const anyJob = fc
  .record({
    id: fc.integer({ min: 1, max: 40 }).map((number) => `job-${number}`),
    at: fc.integer({ min: 0, max: 20 }),
    number: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    prompt: fc.constantFrom("", "a fox", "A Fox", "lighthouse", "灯台"),
    provider: fc.constantFrom("fal", "local"),
    status: fc.constantFrom("queued", "running", "succeeded", "failed", "unknown" as const),
    progress: fc.constantFrom(0, 0.4, 1),
    charge: fc.constantFrom({ state: "none" }, { state: "unknown" }, {
      state: "reported",
      usd: 0.5,
    } as const),
    duration: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  })
  .map(({ at, number, duration, ...fields }) =>
    makeJob({
      ...fields,
      createdAt: new Date(at * 1000).toISOString(),
      ...(number === undefined ? {} : { number }),
      ...(duration === undefined ? {} : { duration }),
    }),
  );

const asked: fc.Arbitrary<JobsAsked> = fc.record({
  sort: fc.constantFrom(...sorts),
  choice: fc.constantFrom<JobsAsked["choice"]>(
    {},
    { provider: "fal" },
    { search: "f" },
    { search: "fox" },
    { search: "a fox" },
    { search: "灯台" },
    { provider: "fal", search: "fox" },
    { status: "active", provider: "fal" },
  ),
});

/** A list as the sync client gives it after some jobs came, changed and went. */
const step = fc.record({
  changed: fc.uniqueArray(anyJob, { selector: ({ id }) => id, maxLength: 30 }),
  gone: fc.uniqueArray(
    fc.integer({ min: 1, max: 40 }).map((number) => `job-${number}`),
    { maxLength: 5 },
  ),
  asked: fc.option(asked, { nil: undefined }),
});

function sorted(jobs: readonly Job[], sort: JobSort | undefined): readonly Job[] {
  if (sort === undefined) return jobs.toSorted(compareNewestFirst);
  const { key, isDescending } = readSort(sort);
  const valueOf = sortValues<{ job: Job }>(key, ({ job }) => jobSearchText(job));
  return jobs.toSorted(
    (one, other) =>
      compareValues(valueOf({ job: one }), valueOf({ job: other }), isDescending ? -1 : 1) ||
      compareNewestFirst(one, other),
  );
}

describe("the list of jobs", () => {
  it("is what filtering and sorting everything anew would give, after any changes and questions", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const list = createJobList();
        const held = new Map<string, Job>();
        let question: JobsAsked = { sort: undefined, choice: {} };
        let jobs: readonly Job[] = [];
        for (const { changed, gone, asked: next } of steps) {
          for (const id of gone) held.delete(id);
          for (const job of changed) held.set(job.id, job);
          if (gone.length + changed.length > 0) jobs = [...held.values()].sort(compareNewestFirst);
          question = next ?? question;
          const matches = jobMatcher(question.choice);
          const expected = sorted(
            jobs.filter((job) => matches?.(job) !== false),
            question.sort,
          );
          const items = list.items(jobs, question);
          expect(items.map(({ job }) => job)).toEqual(expected);
          expect(list.items(jobs, question)).toBe(items);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("keeps its identity while nothing in it differs", () => {
    const list = createJobList();
    const question: JobsAsked = { sort: "-cost", choice: { provider: "fal" } };
    const fal = makeJob({ id: "job-1", provider: "fal" });
    const before = list.items([fal, makeJob({ id: "job-0" })], question);
    expect(list.items([fal, makeJob({ id: "job-0", progress: 0.5 })], question)).toBe(before);
  });

  it("puts what has no value last, both ways", () => {
    const list = createJobList();
    const jobs = [
      makeJob({ id: "job-3", duration: 3 }),
      makeJob({ id: "job-2" }),
      makeJob({ id: "job-1", duration: 1 }),
    ];
    const ids = (sort: JobSort) => list.items(jobs, { sort, choice: {} }).map(({ job }) => job.id);
    expect(ids("duration")).toEqual(["job-1", "job-3", "job-2"]);
    expect(ids("-duration")).toEqual(["job-3", "job-1", "job-2"]);
  });
});
