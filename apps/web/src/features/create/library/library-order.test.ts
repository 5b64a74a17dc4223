import type { GeneratedContent, Job } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { makeContent, makeJob } from "../../../testing/make-records.ts";
import { compareNewestFirst } from "../../../domain/diff-records.ts";
import type { LibraryItem } from "./library-item.ts";
import { createLibraryOrder, type LibraryOrder } from "./library-order.ts";

const since = "2026-03-10T00:00:00.000Z";
const early = "2026-03-10T09:00:00.000Z";
const late = "2026-03-10T11:00:00.000Z";

interface Given {
  readonly contents?: readonly GeneratedContent[];
  readonly jobs?: readonly Job[];
  readonly failuresSince?: string;
}

function update(order: LibraryOrder, { contents = [], jobs = [], failuresSince = since }: Given) {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return order.update({
    contents: contents.toSorted(compareNewestFirst),
    jobs: jobs.toSorted(compareNewestFirst),
    jobOf: (id) => byId.get(id),
    failuresSince,
  });
}

const orderOf = (given: Given) => update(createLibraryOrder(), given);
const keys = (items: readonly LibraryItem[]) => items.map(({ key }) => key);

describe("the library's order", () => {
  it("holds one place per picture that a running job was asked for, at the aspect asked for", () => {
    const job = makeJob({ id: "job-1", status: "running", params: { width: 512, height: 768, count: 3 } });
    const items = orderOf({ jobs: [job] });
    expect(items.map(({ kind, key }) => [kind, key])).toEqual([
      ["pending", "job-1"],
      ["pending", "job-1:1"],
      ["pending", "job-1:2"],
    ]);
    expect(items[0]?.aspect).toBeCloseTo(512 / 768, 6);
  });

  it("puts pictures under the keys of the places that were held for them", () => {
    const order = createLibraryOrder();
    const params = { width: 768, height: 512, count: 2 };
    const before = update(order, { jobs: [makeJob({ id: "job-1", status: "running", params })] });
    const contents = [
      makeContent({ id: "content-b", jobId: "job-1", createdAt: late }),
      makeContent({ id: "content-a", jobId: "job-1", createdAt: late }),
    ];
    const job = makeJob({ id: "job-1", params, results: ["content-b", "content-a"] });
    const after = update(order, { contents, jobs: [job] });
    expect(after.map(({ key, aspect }) => [key, aspect])).toEqual(
      before.map(({ key, aspect }) => [key, aspect]),
    );
    expect(after.map((item) => (item.kind === "picture" ? item.content.id : ""))).toEqual([
      "content-b",
      "content-a",
    ]);
  });

  it("counts the pictures that have arrived while the job goes on", () => {
    const job = makeJob({ id: "job-1", status: "running", params: { count: 3 }, results: ["content-a"] });
    const items = orderOf({ contents: [makeContent({ id: "content-a", jobId: "job-1" })], jobs: [job] });
    expect(items.map(({ kind }) => kind)).toEqual(["picture", "pending", "pending"]);
  });

  it("puts the newest first, a job's pictures at the time of the job", () => {
    const items = orderOf({
      contents: [
        makeContent({ id: "content-of-job", jobId: "job-1", createdAt: late }),
        makeContent({ id: "content-upload", origin: "upload", createdAt: "2026-03-10T10:00:00.000Z" }),
      ],
      jobs: [makeJob({ id: "job-1", createdAt: early })],
    });
    expect(keys(items)).toEqual(["content-upload", "job-1"]);
  });

  it("shows a failure of today and forgets older ones, also when the day changes", () => {
    const order = createLibraryOrder();
    const failed = makeJob({ id: "job-1", status: "failed", createdAt: early });
    const older = makeJob({ id: "job-2", status: "failed", createdAt: "2026-03-09T09:00:00.000Z" });
    const items = update(order, { jobs: [failed, older] });
    expect(items.map(({ kind, key }) => [kind, key])).toEqual([["failed", "job-1"]]);
    expect(update(order, { jobs: [failed, older], failuresSince: "2026-03-11T00:00:00.000Z" })).toEqual([]);
  });

  it("shows nothing for a canceled job, nor a place for work that is no picture", () => {
    const canceled = makeJob({ id: "job-1", status: "canceled" });
    const training = makeJob({ id: "job-2", status: "running", kind: "training" });
    expect(orderOf({ jobs: [canceled, training] })).toEqual([]);
  });

  it("shows a picture alone until its job is known", () => {
    const order = createLibraryOrder();
    const contents = [makeContent({ id: "content-a", jobId: "job-1", createdAt: late })];
    expect(keys(update(order, { contents }))).toEqual(["content-a"]);
    const jobs = [makeJob({ id: "job-1", createdAt: early })];
    expect(keys(update(order, { contents, jobs }))).toEqual(["job-1"]);
    expect(keys(update(order, { contents }))).toEqual(["content-a"]);
  });

  it("keeps what did not change: the whole order, or all items but the one that did", () => {
    const order = createLibraryOrder();
    const contents = [1, 2, 3].map((number) => makeContent({ id: `content-${number}` }));
    const before = update(order, { contents });
    expect(update(order, { contents: [...contents] })).toBe(before);
    const starred = contents.map((content) =>
      content.id === "content-2" ? { ...content, star: true } : content,
    );
    const after = update(order, { contents: starred });
    expect(after.map((item, index) => item === before[index])).toEqual([true, false, true]);
  });

  it("tells the style of a picture's job, as long as the job is not in the trash", () => {
    const order = createLibraryOrder();
    const contents = [makeContent({ id: "content-1", jobId: "job-1" })];
    const job = makeJob({ id: "job-1", styleId: "style-1" });
    const styles = (jobs: readonly Job[], all = jobs) =>
      order
        .update({ contents, jobs, jobOf: (id) => all.find((each) => each.id === id), failuresSince: since })
        .map((item) => (item.kind === "picture" ? item.styleId : "none"));
    expect(styles([job])).toEqual(["style-1"]);
    expect(styles([{ ...job, styleId: "style-2" }])).toEqual(["style-2"]);
    expect(styles([], [{ ...job, deletedAt: late }])).toEqual([undefined]);
  });

  it("is after any changes what it would be if made anew", () => {
    let seed = 3;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const order = createLibraryOrder();
    let contents: GeneratedContent[] = [];
    let jobs: Job[] = [];
    for (let round = 0; round < 60; round += 1) {
      const many = round % 7 === 0 ? 40 : 3;
      for (let change = 0; change < many; change += 1) {
        const createdAt = new Date(1_760_000_000_000 + random(200) * 60_000).toISOString();
        const id = `job-${random(60)}`;
        if (random(3) === 0) jobs = jobs.filter((job) => job.id !== id);
        else if (!jobs.some((job) => job.id === id)) {
          const style = random(2) === 0 ? {} : { styleId: `style-${random(3)}` };
          jobs.push(makeJob({ id, createdAt, status: random(2) === 0 ? "running" : "failed", ...style }));
        }
        const contentId = `content-${random(90)}`;
        const job = random(3) === 0 ? {} : { jobId: `job-${random(60)}` };
        contents = contents.filter((content) => content.id !== contentId);
        if (random(4) > 0) contents.push(makeContent({ id: contentId, createdAt, ...job }));
      }
      const given = { contents, jobs, failuresSince: "2025-10-09T11:00:00.000Z" };
      expect(update(order, given)).toEqual(orderOf(given));
    }
  });
});
