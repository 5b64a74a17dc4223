import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { SCHEMA_VERSION, type SnapshotLine } from "@safelight/shared";
import { createMemoryStore } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";

const clientId = "client-0001";

let studio: TestApp;

beforeEach(async () => {
  studio = await createTestApp();
});

afterEach(async () => {
  await studio.close();
});

function createStyle(n: number, name = `style ${n}`) {
  return { n, collection: "styles", id: `style-${n}`, op: "create", set: { name } };
}

async function push(mutations: readonly unknown[]) {
  const { body } = await studio.request
    .post("/api/sync/push")
    .send({ clientId, schema: SCHEMA_VERSION, mutations })
    .expect(200);
  return body as { cursor: string; results: { n: number; status: string; seq?: number; code?: string }[] };
}

const changesSince = (query: string) => studio.request.get(`/api/sync/changes?${query}`);

describe("push", () => {
  it("has one effect, however often it is sent", async () => {
    const first = await push([createStyle(1), createStyle(2)]);
    expect(first.results.map((result) => result.status)).toEqual(["applied", "applied"]);
    const again = await push([createStyle(1), createStyle(2), createStyle(3)]);
    expect(again.results.map((result) => result.status)).toEqual(["duplicate", "duplicate", "applied"]);
    expect(studio.store.count("styles")).toBe(3);
  });

  it("takes the good mutations of a batch and says what is wrong with the others", async () => {
    const { results } = await push([
      createStyle(1),
      { n: 2, collection: "styles", id: "style-1", op: "update", set: { colour: "red" } },
      { n: 3, collection: "secrets", id: "x", op: "delete" },
      {
        n: 4,
        collection: "styles",
        id: "style-1",
        op: "update",
        set: { name: "new" },
        was: { name: "style 1" },
      },
    ]);
    expect(results).toMatchObject([
      { n: 1, status: "applied" },
      { n: 2, status: "rejected", code: "field.unknown", path: "/colour" },
      { n: 3, status: "rejected", code: "collection.unknown" },
      { n: 4, status: "applied" },
    ]);
    expect(studio.store.get("styles", "style-1")?.name).toBe("new");
  });

  it("refuses a client whose numbers belong to another epoch, before they pass over what was forgotten", async () => {
    const { cursor } = await push([createStyle(1)]);
    const send = (epoch: string | undefined) =>
      studio.request
        .post("/api/sync/push")
        .send({ clientId, schema: SCHEMA_VERSION, epoch, mutations: [createStyle(2)] });
    const { body } = await send("before-the-restore").expect(410);
    expect(body).toMatchObject({ code: "sync.snapshot-needed" });
    expect(studio.store.count("styles")).toBe(1);
    await send(cursor.split(":")[0]).expect(200);
    expect(studio.store.count("styles")).toBe(2);
  });

  it("keeps what the device is called beside its changes, for the history to show", async () => {
    await studio.request
      .post("/api/sync/push")
      .set("safelight-device", "Mina%E2%80%99s%20laptop")
      .send({ clientId, schema: SCHEMA_VERSION, mutations: [createStyle(1)] })
      .expect(200);
    await push([{ n: 2, collection: "styles", id: "style-1", op: "update", set: { name: "again" } }]);
    const { body } = await studio.request.get("/api/history/styles/style-1").expect(200);
    expect(body.items.map(({ by }: { by: string }) => by)).toEqual([
      `client:${clientId}`,
      `client:${clientId} Mina’s laptop`,
    ]);
  });

  it("tells what an update merged with", async () => {
    await push([createStyle(1, "base")]);
    const { results } = await push([
      {
        n: 2,
        collection: "styles",
        id: "style-1",
        op: "update",
        set: { name: "mine" },
        was: { name: "other" },
      },
    ]);
    expect(results[0]).toMatchObject({ status: "merged" });
  });

  it.each([[SCHEMA_VERSION + 1, "sync.schema-newer"]])(
    "refuses schema %s and takes nothing",
    async (schema, code) => {
      const { body } = await studio.request
        .post("/api/sync/push")
        .send({ clientId, schema, mutations: [createStyle(1)] })
        .expect(409);
      expect(body.code).toBe(code);
      expect(studio.store.count("styles")).toBe(0);
    },
  );

  it("refuses a request that does not fit the protocol as a whole", async () => {
    const { body } = await studio.request
      .post("/api/sync/push")
      .send({ clientId, schema: SCHEMA_VERSION, mutations: [createStyle(1), { n: 2, op: "explode" }] })
      .expect(400);
    expect(body.errors.map((error: { path: string }) => error.path)).toContain("/mutations/1/collection");
    expect(studio.store.count("styles")).toBe(0);
  });
});

describe("changes", () => {
  it("come in pages, each record's latest state once, and end at the studio's cursor", async () => {
    for (let n = 1; n <= 7; n += 1) await push([createStyle(n)]);
    await push([{ n: 8, collection: "styles", id: "style-1", op: "update", set: { name: "renamed" } }]);
    const seen: string[] = [];
    let since = `${studio.store.cursor().epoch}:0`;
    for (let more = true; more;) {
      const { body } = await changesSince(`since=${since}&limit=3`).expect(200);
      seen.push(...body.changes.map((change: { record: { name: string } }) => change.record.name));
      since = body.cursor;
      more = body.more;
    }
    expect(seen).toEqual(["style 2", "style 3", "style 4", "style 5", "style 6", "style 7", "renamed"]);
    expect(since).toBe(`${studio.store.cursor().epoch}:${studio.store.cursor().seq}`);
    expect((await changesSince(`since=${since}`)).body).toEqual({ cursor: since, changes: [], more: false });
  });

  it("are up to date with every commit, though the page before it is remembered", async () => {
    const since = `since=${studio.store.cursor().epoch}:0`;
    for (let n = 1; n <= 3; n += 1) {
      await push([createStyle(n)]);
      const first = (await changesSince(since).expect(200)).body;
      expect(first.changes).toHaveLength(n);
      expect((await changesSince(since).expect(200)).body).toEqual(first);
      expect((await changesSince(`${since}&limit=1`).expect(200)).body.changes).toHaveLength(1);
    }
  });

  it("carry a conflict that nobody has decided, though the record has changed again since", async () => {
    await push([createStyle(1, "base")]);
    const edit = (n: number, set: object, was: object) => ({
      n,
      collection: "styles",
      id: "style-1",
      op: "update",
      set,
      was,
    });
    await push([edit(2, { name: "theirs" }, { name: "base" }), edit(3, { name: "mine" }, { name: "base" })]);
    const { epoch, seq } = studio.store.cursor();
    await push([edit(4, { triggerWord: "dsk" }, {})]);
    const lost = { name: "theirs" };
    const conflictSince = async (place: number) =>
      (await changesSince(`since=${epoch}:${place}`)).body.changes[0].conflict as unknown;
    expect(await conflictSince(seq - 1)).toEqual({ lost, seq });
    // Who was told already is not told again.
    expect(await conflictSince(seq)).toBeUndefined();
    const { text } = await studio.request.get("/api/sync/snapshot").expect(200);
    expect(JSON.parse(text.split("\n")[1] ?? "")).toMatchObject({ conflict: { lost, seq } });
    await push([edit(5, { name: "decided" }, { name: "mine" })]);
    expect(await conflictSince(0)).toBeUndefined();
  });

  it("carry tombstones of what was removed for good", async () => {
    await push([createStyle(1)]);
    const since = `${studio.store.cursor().epoch}:1`;
    await studio.store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ op: "purge", collection: "styles", id: "style-1" }],
    });
    const { body } = await changesSince(`since=${since}`).expect(200);
    expect(body.changes).toEqual([{ seq: 2, collection: "styles", id: "style-1", op: "purge" }]);
  });

  it.each([
    ["another epoch", () => "another-epoch:0"],
    ["a time that the studio has not seen", () => `${studio.store.cursor().epoch}:99`],
  ])("since %s need a snapshot", async (_what, since) => {
    const { body } = await changesSince(`since=${since()}`).expect(410);
    expect(body.code).toBe("sync.snapshot-needed");
  });

  it("refuse a cursor that is none", async () => {
    const { body } = await changesSince("since=yesterday").expect(400);
    expect(body.errors[0].path).toBe("?since");
  });
});

async function snapshot(query = "", encoding = "identity"): Promise<SnapshotLine[]> {
  const outgoing = httpRequest(`${studio.url}/api/sync/snapshot${query}`, {
    headers: { "accept-encoding": encoding },
    agent: false,
  });
  outgoing.end();
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const used = response.headers["content-encoding"] ?? "identity";
  expect(used).toBe(encoding === "br, gzip" ? "br" : encoding);
  const source =
    used === "br"
      ? response.pipe(createBrotliDecompress())
      : used === "gzip"
        ? response.pipe(createGunzip())
        : response;
  let text = "";
  for await (const chunk of source) text += String(chunk);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as SnapshotLine);
}

describe("snapshot", () => {
  it.each(["identity", "gzip", "br, gzip"])("gives every record, newest first, as %s", async (encoding) => {
    await push(Array.from({ length: 300 }, (_, index) => createStyle(index + 1, "x".repeat(400))));
    await push([createStyle(301)]);
    const lines = await snapshot("", encoding);
    const cursor = `${studio.store.cursor().epoch}:${studio.store.cursor().seq}`;
    expect(lines[0]).toEqual({ type: "head", cursor, total: 301 });
    expect(lines.at(-1)).toEqual({ type: "end", cursor });
    expect(lines[1]).toMatchObject({ type: "record", seq: 2, record: { id: "style-301" } });
    expect(lines).toHaveLength(303);
  });

  it("goes on where one was cut off, the records of a commit that was cut in two included", async () => {
    await push([createStyle(1)]);
    await push([createStyle(2), createStyle(3)]);
    await push([createStyle(4)]);
    const lines = await snapshot("?before=2");
    const ids = lines.flatMap((line) => (line.type === "record" ? [line.record["id"]] : []));
    expect(new Set(ids)).toEqual(new Set(["style-1", "style-2", "style-3"]));
  });
});

describe("a store that forgot its tombstones", () => {
  it("sends a client that is behind them to the snapshot", async () => {
    const store = createMemoryStore();
    const forgetful = { ...store, changesSince: () => undefined };
    const app = await createTestApp({ store: forgetful });
    const { body } = await app.request.get(`/api/sync/changes?since=${store.cursor().epoch}:0`).expect(410);
    expect(body.code).toBe("sync.snapshot-needed");
    await app.close();
  });
});
