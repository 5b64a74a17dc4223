import { type FileStore, openFileStore } from "@safelight/store";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { readEvents } from "../../../testing/event-reader.ts";
import { makeTempDir } from "../../../testing/temp-dir.ts";

let folder: ReturnType<typeof makeTempDir>;
let store: FileStore;
let studio: TestApp;

async function start(): Promise<void> {
  store = await openFileStore({ dataDir: folder.path });
  studio = await createTestApp({ store });
}

async function stop(): Promise<void> {
  await studio.close();
  await store.close();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

beforeEach(async () => {
  folder = makeTempDir();
  await start();
});

afterEach(async () => {
  await stop();
  folder.remove();
});

/** Counts the client's mutations. */
let n = 0;
async function edit(set: object, was: object): Promise<number> {
  n += 1;
  const mutation = { n, collection: "styles", id: "style-1", op: "update", set, was };
  const push = { clientId: "client-0001", schema: 1, mutations: [mutation] };
  await studio.request.post("/api/sync/push").send(push).expect(200);
  return store.cursor().seq;
}

async function conflictSince(seq: number): Promise<unknown> {
  const { epoch } = store.cursor();
  const { body } = await studio.request.get(`/api/sync/changes?since=${epoch}:${seq}`).expect(200);
  return body.changes.at(-1).conflict;
}

/** A style whose name was changed on two devices, and whose trigger word has changed since. Answers where the conflict arose. */
async function clash(): Promise<number> {
  await studio.request.post("/api/styles").send({ id: "style-1", name: "base" }).expect(201);
  await edit({ name: "theirs" }, { name: "base" });
  const seq = await edit({ name: "mine" }, { name: "base" });
  await edit({ triggerWord: "dsk" }, {});
  return seq;
}

it("is told after a restart to a device that was away, by page and by stream", async () => {
  const seq = await clash();
  await restart();
  const conflict = { lost: { name: "theirs" }, seq };
  expect(await conflictSince(seq)).toBeUndefined();
  expect(await conflictSince(seq - 1)).toEqual(conflict);
  expect(await conflictSince(1)).toEqual(conflict);
  await restart();
  const events = await readEvents(`${studio.url}/api/sync/events?since=${store.cursor().epoch}:1`);
  expect((await events.next()).event).toBe("hello");
  const { data } = await events.next();
  expect(JSON.parse(data)).toMatchObject({ changes: [{ id: "style-1", conflict }] });
  events.close();
});

it("is told no more once it was decided, before the restart or after it", async () => {
  const seq = await clash();
  await edit({ name: "decided" }, { name: "mine" });
  await restart();
  expect(await conflictSince(seq - 1)).toBeUndefined();
  const again = await edit({ name: "another" }, { name: "base" });
  await edit({ triggerWord: "x" }, { triggerWord: "dsk" });
  await restart();
  expect(await conflictSince(seq - 1)).toEqual({ lost: { name: "decided" }, seq: again });
  await edit({ name: "settled" }, { name: "another" });
  expect(await conflictSince(seq - 1)).toBeUndefined();
});
