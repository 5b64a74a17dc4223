import { describe, expect, it } from "vitest";
import { makeContent, makeJob } from "../../../testing/make-records.ts";
import { libraryItems } from "./library-items.ts";

const since = "2026-03-10T00:00:00.000Z";
const early = "2026-03-10T09:00:00.000Z";
const late = "2026-03-10T11:00:00.000Z";

describe("libraryItems", () => {
  it("holds one place per picture that a running job was asked for, at the aspect asked for", () => {
    const job = makeJob({ id: "job-1", status: "running", params: { width: 512, height: 768, count: 3 } });
    const items = libraryItems([], [job], since);
    expect(items.map(({ kind, key }) => [kind, key])).toEqual([
      ["pending", "job-1:0"],
      ["pending", "job-1:1"],
      ["pending", "job-1:2"],
    ]);
    expect(items[0]?.aspect).toBeCloseTo(512 / 768, 6);
  });

  it("puts pictures under the keys of the places that were held for them", () => {
    const params = { width: 768, height: 512, count: 2 };
    const before = libraryItems([], [makeJob({ id: "job-1", status: "running", params })], since);
    const contents = [
      makeContent({ id: "content-b", jobId: "job-1", createdAt: late }),
      makeContent({ id: "content-a", jobId: "job-1", createdAt: late }),
    ];
    const job = makeJob({ id: "job-1", params, results: ["content-b", "content-a"] });
    const after = libraryItems(contents, [job], since);
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
    const items = libraryItems([makeContent({ id: "content-a", jobId: "job-1" })], [job], since);
    expect(items.map(({ kind }) => kind)).toEqual(["picture", "pending", "pending"]);
  });

  it("puts the newest first, a job's pictures at the time of the job", () => {
    const items = libraryItems(
      [
        makeContent({ id: "content-of-job", jobId: "job-1", createdAt: late }),
        makeContent({ id: "content-upload", origin: "upload", createdAt: "2026-03-10T10:00:00.000Z" }),
      ],
      [makeJob({ id: "job-1", createdAt: early })],
      since,
    );
    expect(items.map(({ key }) => key)).toEqual(["content-upload", "job-1:0"]);
  });

  it("shows a failure of today and forgets older ones", () => {
    const failed = makeJob({ id: "job-1", status: "failed", createdAt: early });
    const older = makeJob({ id: "job-2", status: "failed", createdAt: "2026-03-09T09:00:00.000Z" });
    expect(libraryItems([], [failed, older], since).map(({ kind, key }) => [kind, key])).toEqual([
      ["failed", "job-1:0"],
    ]);
  });

  it("shows nothing for a canceled job, nor a place for work that is no picture", () => {
    const canceled = makeJob({ id: "job-1", status: "canceled" });
    const training = makeJob({ id: "job-2", status: "running", kind: "training" });
    expect(libraryItems([], [canceled, training], since)).toEqual([]);
  });

  it("keeps pictures whose job is gone", () => {
    const items = libraryItems([makeContent({ id: "content-a", jobId: "job-gone" })], [], since);
    expect(items.map(({ key }) => key)).toEqual(["content-a"]);
  });
});
