import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";

let studio: TestApp;

beforeEach(async () => {
  studio = await createTestApp();
});

afterEach(async () => {
  await studio.close();
});

/** A style that is made, renamed and put in the trash: seq 1 to 3. */
async function livedIn(): Promise<void> {
  await studio.request.post("/api/styles").send({ id: "style-1", name: "Noir" }).expect(201);
  await studio.request.patch("/api/styles/style-1").send({ name: "Noir 2", triggerWord: "nr" }).expect(200);
  await studio.request.delete("/api/styles/style-1").expect(200);
}

async function nameOf(id: string): Promise<unknown> {
  const { body } = await studio.request.get(`/api/styles/${id}`).expect(200);
  return body.deletedAt === undefined ? body.name : "in the trash";
}

describe("versions", () => {
  it("are listed newest first, by page, with how far the history reaches", async () => {
    await livedIn();
    const first = await studio.request.get("/api/history/styles/style-1?limit=2").expect(200);
    expect(first.body).toMatchObject({
      items: [
        { seq: 3, op: "delete", by: "http", fields: ["deletedAt"], record: { name: "Noir 2" } },
        { seq: 2, op: "update", record: { name: "Noir 2", rev: 2 } },
      ],
      nextBefore: 2,
      oldest: { seq: 0 },
    });
    const second = await studio.request.get("/api/history/styles/style-1?limit=2&before=2").expect(200);
    expect(second.body.items).toMatchObject([{ seq: 1, op: "create", record: { name: "Noir" } }]);
    expect(second.body).not.toHaveProperty("nextBefore");
  });

  it("say what lost a conflict", async () => {
    await livedIn();
    await studio.request.post("/api/styles/style-1/restore").expect(200);
    const mutation = { collection: "styles", id: "style-1", op: "update", n: 1 };
    const edit = { ...mutation, set: { name: "Mine" }, was: { name: "Noir" } };
    const push = { clientId: "client-0001", schema: 1, mutations: [edit] };
    await studio.request.post("/api/sync/push").send(push).expect(200);
    const { body } = await studio.request.get("/api/history/styles/style-1?limit=1").expect(200);
    expect(body.items).toMatchObject([{ seq: 5, conflict: { lost: { name: "Noir 2" } } }]);
    const restored = await studio.request
      .post("/api/history/styles/style-1/restore")
      .send({ seq: 5, take: "lost" })
      .expect(200);
    expect(restored.body).toMatchObject({ seq: 6, record: { name: "Noir 2" }, skipped: [] });
  });

  it("are compared field by field, with the present where no other is named", async () => {
    await livedIn();
    const { body } = await studio.request.get("/api/history/styles/style-1/diff?from=1&to=2").expect(200);
    expect(body).toEqual({
      from: 1,
      to: 2,
      fields: { name: { before: "Noir", after: "Noir 2" }, triggerWord: { after: "nr" } },
    });
    const now = await studio.request.get("/api/history/styles/style-1/diff?from=2").expect(200);
    expect(Object.keys(now.body.fields)).toEqual(["deletedAt"]);
  });

  it("of what never was, or by a wrong name, are a problem", async () => {
    const missing = await studio.request.get("/api/history/styles/nobody").expect(404);
    expect(missing.body).toMatchObject({ code: "history.missing" });
    await studio.request.get("/api/history/styles/nobody/diff?from=1").expect(404);
    await studio.request.get("/api/history/nonsense/style-1").expect(400);
    await studio.request.get("/api/history/styles/style-1?limit=0").expect(400);
    await studio.request.get("/api/history/styles/style-1/diff").expect(400);
  });
});

describe("going back", () => {
  it("gives a record an earlier state as a new change, out of the trash", async () => {
    await livedIn();
    const { body } = await studio.request
      .post("/api/history/styles/style-1/restore")
      .send({ seq: 1 })
      .expect(200);
    expect(body).toMatchObject({ seq: 4, record: { id: "style-1", name: "Noir" }, skipped: [] });
    expect(await nameOf("style-1")).toBe("Noir");
    const { body: history } = await studio.request.get("/api/history/styles/style-1").expect(200);
    expect(history.items.map((item: { seq: number }) => item.seq)).toEqual([4, 3, 2, 1]);
    await studio.request.post("/api/history/styles/nobody/restore").send({ seq: 1 }).expect(404);
  });

  it("does not touch a job that is at work", async () => {
    const job = { op: "create", collection: "jobs", id: "job-1" } as const;
    const active = { kind: "image", provider: "none", status: "running" };
    await studio.store.commit({
      by: "server",
      actor: "server",
      atomicity: "all",
      steps: [{ ...job, set: active }],
    });
    const restore = studio.request.post("/api/history/jobs/job-1/restore");
    expect((await restore.send({ seq: 1 }).expect(409)).body).toMatchObject({ code: "restore.refused" });
    const rewind = await studio.request.post("/api/history/rewind").send({ seq: 0 }).expect(200);
    expect(rewind.body).toMatchObject({ changed: 0, skipped: [{ id: "job-1", code: "job.active" }] });
  });

  it("takes the studio back to a commit, tells before what it would do, and can be undone", async () => {
    await livedIn();
    const ask = (body: object) => studio.request.post("/api/history/rewind").send(body).expect(200);
    const dry = await ask({ seq: 1, dryRun: true });
    expect(dry.body).toEqual({
      to: 1,
      from: 3,
      seq: 3,
      changed: 1,
      unchanged: 0,
      skipped: [],
      skippedCount: 0,
    });
    expect(await nameOf("style-1")).toBe("in the trash");
    expect((await ask({ seq: 1, collection: "styles" })).body).toMatchObject({ seq: 4, changed: 1 });
    expect(await nameOf("style-1")).toBe("Noir");
    await ask({ seq: 3 });
    expect(await nameOf("style-1")).toBe("in the trash");
    expect((await ask({ seq: 0, collection: "boards" })).body).toMatchObject({ changed: 0 });
  });

  it("takes the studio back to a time", async () => {
    await livedIn();
    const { body } = await studio.request
      .post("/api/history/rewind")
      .send({ at: "2000-01-01T00:00:00Z" })
      .expect(200);
    expect(body).toMatchObject({ to: 0, changed: 0, unchanged: 1 });
    const later = await studio.request
      .post("/api/history/rewind")
      .send({ at: "2999-01-01T00:00:00Z" })
      .expect(200);
    expect(later.body).toMatchObject({ to: 3, changed: 0 });
  });

  it("goes to one moment only", async () => {
    const refused = async (body: object) => {
      const answer = await studio.request.post("/api/history/rewind").send(body).expect(400);
      return answer.body.code as string;
    };
    expect(await refused({})).toBe("request.invalid");
    expect(await refused({ seq: 1, at: "2026-01-01T00:00:00Z" })).toBe("request.invalid");
    expect(await refused({ at: "2026-13-41T00:00:00Z" })).toBe("request.invalid");
    expect(await refused({ at: "2026-02-31T00:00:00Z" })).toBe("request.invalid");
    expect(await refused({ at: "2026-02-28T24:00:00Z" })).toBe("request.invalid");
    expect(await refused({ seq: 1, collection: "nonsense" })).toBe("request.invalid");
    expect(await refused({ seq: 1, force: true })).toBe("request.invalid");
  });
});
