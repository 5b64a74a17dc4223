import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";

let studio: TestApp;

beforeEach(async () => {
  studio = await createTestApp();
});

afterEach(async () => {
  await studio.close();
});

async function createStyle(fields: Record<string, unknown>): Promise<{ id: string; rev: number }> {
  const response = await studio.request.post("/api/styles").send(fields).expect(201);
  return response.body as { id: string; rev: number };
}

async function list(
  query: string,
): Promise<{ items: { id: string; name: string }[]; nextCursor?: string; total: number }> {
  const response = await studio.request.get(`/api/styles?${query}`).expect(200);
  return response.body as Awaited<ReturnType<typeof list>>;
}

const names = (page: { items: { name: string }[] }) => page.items.map((item) => item.name);

describe("one record", () => {
  it("is created under a new id, with its place and its ETag", async () => {
    const { body, headers } = await studio.request.post("/api/styles").send({ name: "Noir" }).expect(201);
    expect(body).toMatchObject({ name: "Noir", rev: 1 });
    expect(body.id).toMatch(/^style-[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(headers["location"]).toBe(`/api/styles/${body.id}`);
    expect(headers["etag"]).toBe('"1"');
    const read = await studio.request.get(headers["location"] ?? "").expect(200);
    expect(read.body).toEqual(body);
    expect(read.headers["etag"]).toBe('"1"');
  });

  it("takes an id of the caller's own once", async () => {
    await createStyle({ id: "gal-1733500000-abc123", name: "Old" });
    const { body } = await studio.request
      .post("/api/styles")
      .send({ id: "gal-1733500000-abc123", name: "Again" })
      .expect(409);
    expect(body).toMatchObject({ code: "record.exists", status: 409 });
  });

  it("is patched field by field, null removing one", async () => {
    const { id } = await createStyle({ name: "Noir", triggerWord: "nr" });
    const { body } = await studio.request
      .patch(`/api/styles/${id}`)
      .send({ name: "Noir 2", triggerWord: null });
    expect(body).toMatchObject({ name: "Noir 2", rev: 2 });
    expect(body).not.toHaveProperty("triggerWord");
  });

  it("is answered as each change left it, however many are made at once", async () => {
    const { id } = await createStyle({ name: "0" });
    const names = ["1", "2", "3", "4", "5", "6"];
    const answers = await Promise.all(
      names.map((name) => studio.request.patch(`/api/styles/${id}`).send({ name }).expect(200)),
    );
    expect(answers.map(({ body }) => body.name)).toEqual(names);
    for (const { body, headers } of answers) expect(headers["etag"]).toBe(`"${body.rev}"`);
    expect(new Set(answers.map(({ body }) => body.rev)).size).toBe(names.length);
  });

  it("goes to the trash and comes back", async () => {
    const { id } = await createStyle({ name: "Noir" });
    const deleted = await studio.request.delete(`/api/styles/${id}`).expect(200);
    expect(deleted.body).toMatchObject({ id, rev: 2, deletedAt: expect.any(String) });
    expect((await list("")).total).toBe(0);
    expect(names(await list("trash=true"))).toEqual(["Noir"]);
    const restored = await studio.request.post(`/api/styles/${id}/restore`).expect(200);
    expect(restored.body).not.toHaveProperty("deletedAt");
    expect((await list("trash=true")).total).toBe(0);
    expect(names(await list(""))).toEqual(["Noir"]);
  });

  it("changes only at the revision that If-Match names", async () => {
    const { id } = await createStyle({ name: "Noir" });
    const patch = (rev: string) => studio.request.patch(`/api/styles/${id}`).set("if-match", rev);
    await patch('"1"').send({ name: "A" }).expect(200);
    const { body } = await patch('"1"').send({ name: "B" }).expect(412);
    expect(body).toMatchObject({ code: "record.stale" });
    await studio.request.delete(`/api/styles/${id}`).set("if-match", '"1"').expect(412);
    await patch("2").send({ name: "C" }).expect(200);
    await patch("*").send({ name: "D" }).expect(200);
    await patch("latest").send({ name: "E" }).expect(400);
    expect(studio.store.get("styles", id)?.name).toBe("D");
  });

  it("is not sent again to who has its revision", async () => {
    const { id } = await createStyle({ name: "Noir" });
    const read = (etag: string) => studio.request.get(`/api/styles/${id}`).set("if-none-match", etag);
    const same = await read('W/"0", "1"').expect(304);
    expect(same.text).toBe("");
    expect(same.headers["etag"]).toBe('"1"');
    expect((await read('"11"')).status).toBe(200);
  });

  it.each([
    ["get", "/api/styles/style-none"],
    ["delete", "/api/styles/style-none"],
    ["post", "/api/styles/style-none/restore"],
  ] as const)("%s %s answers 404 where there is none", async (method, url) => {
    const { body } = await studio.request[method](url).expect(404);
    expect(body).toMatchObject({ code: "record.missing", status: 404 });
  });

  it("leaves the creation of jobs to the jobs feature, and their server fields to the server", async () => {
    await studio.store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ collection: "jobs", id: "job-1", op: "create", set: { kind: "image", provider: "local" } }],
    });
    const { body } = await studio.request.patch("/api/jobs/job-1").send({ status: "succeeded" }).expect(400);
    expect(body.errors).toEqual([{ path: "/status", message: "is not known here" }]);
    await studio.request.patch("/api/jobs/job-1").send({ cancelRequested: true }).expect(200);
  });
});

describe("a list", () => {
  it("is newest first, with a cursor while there is more", async () => {
    for (const name of ["a", "b", "c"]) await createStyle({ id: `style-${name}`, name });
    const first = await list("limit=2");
    expect(names(first)).toHaveLength(2);
    expect(first.total).toBe(3);
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    expect(second.nextCursor).toBeUndefined();
    expect([...names(first), ...names(second)].sort()).toEqual(["a", "b", "c"]);
  });

  it("sorts by a field, up and down, records without it at the low end", async () => {
    await createStyle({ name: "b", triggerWord: "2" });
    await createStyle({ name: "c" });
    await createStyle({ name: "a", triggerWord: "1" });
    expect(names(await list("sort=name"))).toEqual(["a", "b", "c"]);
    expect(names(await list("sort=-name"))).toEqual(["c", "b", "a"]);
    expect(names(await list("sort=triggerWord"))).toEqual(["c", "a", "b"]);
    expect(names(await list("sort=-triggerWord"))).toEqual(["b", "a", "c"]);
  });

  it("finds text in any field in any case, and filters by fields", async () => {
    await createStyle({ name: "Film Noir", triggerWord: "nr" });
    await createStyle({ name: "Pastel", description: "soft, no NOIR here" });
    await createStyle({ name: "Woodcut", triggerWord: "wc" });
    expect(names(await list("search=noir&sort=name"))).toEqual(["Film Noir", "Pastel"]);
    expect(await list("search=noir&triggerWord=nr")).toMatchObject({
      total: 1,
      items: [{ name: "Film Noir" }],
    });
    expect(await list("triggerWord=zz")).toEqual({ items: [], total: 0 });
  });

  it("pages through every record that stood throughout, once, while others come and go", async () => {
    const standing = Array.from({ length: 40 }, (_, index) => `n${String(index * 10).padStart(3, "0")}`);
    for (const name of standing) await createStyle({ id: `style-${name}`, name });
    const seen: string[] = [];
    let cursor: string | undefined;
    let round = 0;
    do {
      const page = await list(`sort=name&limit=7${cursor === undefined ? "" : `&cursor=${cursor}`}`);
      seen.push(...names(page));
      cursor = page.nextCursor;
      round += 1;
      await createStyle({ id: `style-before-${round}`, name: `n000-${round}` });
      await createStyle({ id: `style-last-${round}`, name: `z${round}` });
      const gone = seen.at(-1);
      if (gone?.startsWith("n") === true && round === 2) {
        await studio.request.delete(`/api/styles/style-${gone}`).expect(200);
      }
    } while (cursor !== undefined && round < 30);
    expect(seen.filter((name) => standing.includes(name))).toEqual(standing);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    ["colour=red", "?colour"],
    ["limit=0", "?limit"],
    ["limit=many", "?limit"],
    ["limit=1&limit=2", "?limit"],
    ["trash=yes", "?trash"],
    ["sort=colour", "?sort"],
    ["sort=name&cursor=bm90IG91cnM", "?cursor"],
    ["cursor=%F0%9F%92%A5", "?cursor"],
  ])("refuses %s with its place", async (query, path) => {
    const { body } = await studio.request.get(`/api/styles?${query}`).expect(400);
    expect(body.errors[0].path).toBe(path);
  });

  it("refuses the cursor of another order", async () => {
    await createStyle({ name: "a" });
    await createStyle({ name: "b" });
    const { nextCursor } = await list("sort=name&limit=1");
    const { body } = await studio.request.get(`/api/styles?sort=-name&cursor=${nextCursor}`).expect(400);
    expect(body.code).toBe("list.cursor");
  });
});
