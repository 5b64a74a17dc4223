import { expect, it } from "vitest";
import { readEvents } from "../../../testing/event-reader.ts";
import { useDiskStudio } from "../../../testing/use-disk-studio.ts";

const studio = useDiskStudio();

/** Counts the client's mutations. */
let n = 0;
async function edit(set: object, was: object): Promise<number> {
  n += 1;
  const mutation = { n, collection: "styles", id: "style-1", op: "update", set, was };
  const push = { clientId: "client-0001", schema: 1, mutations: [mutation] };
  await studio.server.request.post("/api/sync/push").send(push).expect(200);
  return studio.store.cursor().seq;
}

async function conflictSince(seq: number): Promise<unknown> {
  const { epoch } = studio.store.cursor();
  const { body } = await studio.server.request.get(`/api/sync/changes?since=${epoch}:${seq}`).expect(200);
  return body.changes.at(-1).conflict;
}

/** A style whose name was changed on two devices, and whose trigger word has changed since. Answers where the conflict arose. */
async function clash(): Promise<number> {
  await studio.server.request.post("/api/styles").send({ id: "style-1", name: "base" }).expect(201);
  await edit({ name: "theirs" }, { name: "base" });
  const seq = await edit({ name: "mine" }, { name: "base" });
  await edit({ triggerWord: "dsk" }, {});
  return seq;
}

it("is told after a restart to a device that was away, by page and by stream", async () => {
  const seq = await clash();
  await studio.restart();
  const conflict = { lost: { name: "theirs" }, seq };
  expect(await conflictSince(seq)).toBeUndefined();
  expect(await conflictSince(seq - 1)).toEqual(conflict);
  expect(await conflictSince(1)).toEqual(conflict);
  await studio.restart();
  const events = await readEvents(
    `${studio.server.url}/api/sync/events?since=${studio.store.cursor().epoch}:1`,
  );
  expect((await events.next()).event).toBe("hello");
  const { data } = await events.next();
  expect(JSON.parse(data)).toMatchObject({ changes: [{ id: "style-1", conflict }] });
  events.close();
});

it("is told no more once it was decided, before the restart or after it", async () => {
  const seq = await clash();
  await edit({ name: "decided" }, { name: "mine" });
  await studio.restart();
  expect(await conflictSince(seq - 1)).toBeUndefined();
  const again = await edit({ name: "another" }, { name: "base" });
  await edit({ triggerWord: "x" }, { triggerWord: "dsk" });
  await studio.restart();
  expect(await conflictSince(seq - 1)).toEqual({ lost: { name: "decided" }, seq: again });
  await edit({ name: "settled" }, { name: "another" });
  expect(await conflictSince(seq - 1)).toBeUndefined();
});
