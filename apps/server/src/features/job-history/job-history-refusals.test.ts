import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { oldJob } from "../../../testing/old-folders.ts";

describe("what the job history refuses", () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await createTestApp();
  });
  afterAll(() => server.close());

  const bad: [string, (good: object) => unknown, number, string][] = [
    ["an id that is no id", (good) => ({ ...good, id: "../x" }), 400, "/jobs/1/id"],
    ["no id", (good) => ({ ...good, id: undefined }), 400, "/jobs/1/id"],
    ["a wrong type", (good) => ({ ...good, startTime: "yesterday" }), 400, "/jobs/1/startTime"],
    ["a time that is none", (good) => ({ ...good, createdAt: 1e300 }), 400, "/jobs/1/createdAt"],
    [
      "a time past the year 9999",
      (good) => ({ ...good, createdAt: 253_402_300_800_000 }),
      400,
      "/jobs/1/createdAt",
    ],
    ["no object", () => 5, 400, "/jobs/1"],
    ["the same id twice", (good) => good, 400, "/jobs/1/id"],
    [
      "a data URL cut short",
      (good) => ({ ...good, id: "job-2", result: "data:image/png;base64,..." }),
      422,
      "/jobs/1/result",
    ],
    [
      "text as a picture",
      (good) => ({ ...good, id: "job-2", result: "data:image/png;base64,aGVsbG8=" }),
      415,
      "/jobs/1/result",
    ],
    [
      "an empty picture",
      (good) => ({ ...good, id: "job-2", result: "data:image/png;base64," }),
      400,
      "/jobs/1/result",
    ],
  ];
  it.each(bad)("refuses %s with its place, and all that came with it", async (_name, make, status, path) => {
    const good = await oldJob(1);
    const before = server.store.cursor();
    const answer = await server.request
      .post("/save-jobs")
      .send({ jobs: [good, make(good)], lastJobId: 2 })
      .expect(status);
    expect(answer.body).toMatchObject({ status, errors: [{ path }] });
    expect(server.store.cursor()).toEqual(before);
    expect((await server.request.get("/load-jobs").expect(200)).body.jobs).toEqual([]);
    const picture = Buffer.from(good.result.split(",")[1] ?? "", "base64");
    const sha256 = createHash("sha256").update(picture).digest("hex");
    expect(await server.store.blobs.stat(sha256)).toBeUndefined();
  });
});
