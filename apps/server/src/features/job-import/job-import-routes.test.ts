import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { makePicture } from "../../../testing/pictures.ts";

let studio: TestApp;
beforeEach(async () => {
  studio = await createTestApp();
});
afterEach(() => studio.close());

async function history(count: number) {
  const jobs = [];
  for (let number = 1; number <= count; number += 1) {
    const png = await makePicture({ format: "png", width: 16, height: 16, seed: number });
    jobs.push({
      id: `job-${number}`,
      prompt: "heroic knight with glowing sword",
      width: 64,
      height: 64,
      seed: null,
      status: "success",
      result: `data:image/png;base64,${png.toString("base64")}`,
      error: null,
      startTime: 1698589123456,
      endTime: 1698589125901,
      duration: 2.445,
      createdAt: 1698589120000 + number,
    });
  }
  return { jobs, lastJobId: count + 7, savedAt: "2025-10-29T04:30:00.000Z", version: "1.0" };
}

describe("the import of a job history", () => {
  it("says first what it would do, does it whole, and what comes out is what went in", async () => {
    const file = await history(5);
    const before = studio.store.cursor().seq;
    const look = await studio.request.post("/api/jobs/import").send(file).expect(200);
    expect(look.body).toMatchObject({ applied: false, added: 5, present: 0, unusable: [] });
    expect(studio.store.cursor().seq).toBe(before);

    const done = await studio.request.post("/api/jobs/import?apply=true").send(file).expect(200);
    expect(done.body).toMatchObject({ applied: true, added: 5 });
    const loaded = await studio.request.get("/load-jobs").expect(200);
    expect(loaded.body.jobs).toEqual(file.jobs);
    expect(loaded.body.lastJobId).toBe(file.lastJobId);

    const again = await studio.request.post("/api/jobs/import?apply=true").send(file).expect(200);
    expect(again.body).toMatchObject({ added: 0, completed: 0, present: 5 });
  });

  it("takes the good jobs of a file in and names the others", async () => {
    const file = await history(2);
    const jobs = [...file.jobs, { id: "../x" }, { id: "job-9", result: "data:image/png;base64,AAAA" }];
    const { body } = await studio.request.post("/api/jobs/import?apply=true").send({ jobs }).expect(200);
    expect(body).toMatchObject({ added: 3 });
    expect(body.unusable).toHaveLength(1);
    expect(body.missingPictures).toHaveLength(1);
  });

  it("says of what is no job history that it is none, and keeps nothing of it", async () => {
    const { body } = await studio.request.post("/api/jobs/import?apply=true").send({ songs: [] }).expect(200);
    expect(body).toMatchObject({ added: 0, unusable: [{ entry: "the file" }] });
    expect(studio.store.count("jobs")).toBe(0);
  });
});
