import type { CollectionName } from "@safelight/shared";
import { createMemoryStore, type PlannedStep, type Store } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { DAY_MS } from "./sweep.ts";

const START = Date.parse("2026-03-01T00:00:00.000Z");

let clock: { nowMs: number };
let store: Store;
let server: TestApp;

const open = async (trashDays = 7, sweepIntervalMs = 60_000) => {
  const now = () => clock.nowMs;
  server = await createTestApp({ store, config: { trashDays }, trash: { now, sweepIntervalMs } });
};

beforeEach(async () => {
  clock = { nowMs: START };
  store = createMemoryStore({ now: () => clock.nowMs });
  await open();
});

afterEach(async () => {
  await server.close();
  await store.close();
});

const commit = (...steps: readonly PlannedStep[]) =>
  store.commit({ by: "test", actor: "server", atomicity: "all", steps });
const create = (collection: CollectionName, id: string, set = {}): PlannedStep => ({
  collection,
  id,
  op: "create",
  set,
});
const trashed = (collection: CollectionName, id: string): PlannedStep => ({ collection, id, op: "delete" });

async function makeSession(id: string, images: readonly string[]): Promise<void> {
  await commit(
    create("gallerySessions", id),
    ...images.map((image) => create("galleryImages", image, { sessionId: id })),
  );
}

const list = async (query = "") => (await server.request.get(`/api/trash${query}`).expect(200)).body;
const purge = (...items: readonly object[]) => server.request.post("/api/trash/purge").send({ items });
const has = (collection: CollectionName, id: string) => store.get(collection, id) !== undefined;

describe("the trash", () => {
  it("lists what was deleted in all collections, newest first, page by page", async () => {
    expect(await list()).toEqual({ items: [], total: 0 });
    await commit(
      create("styles", "s-1", { name: "Ink" }),
      create("contents", "c-1"),
      create("boards", "b-1", { name: "B" }),
    );
    for (const [collection, id] of [
      ["styles", "s-1"],
      ["contents", "c-1"],
      ["boards", "b-1"],
    ] as const) {
      clock.nowMs += 1000;
      await commit(trashed(collection, id));
    }
    const first = await list("?limit=2");
    expect(first).toMatchObject({ total: 3, items: [{ id: "b-1" }, { id: "c-1" }] });
    expect(first.items[0]).toMatchObject({
      collection: "boards",
      deletedAt: "2026-03-01T00:00:03.000Z",
      purgeAt: "2026-03-08T00:00:03.000Z",
      record: { name: "B" },
    });
    const second = await list(`?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`);
    expect(second).toEqual({ total: 3, items: [expect.objectContaining({ id: "s-1" })] });
    await server.request.post("/api/styles/s-1/restore").expect(200);
    expect(await list()).toMatchObject({ total: 2 });
    const wrong = await server.request.get("/api/trash?cursor=nonsense").expect(400);
    expect(wrong.body.code).toBe("cursor.invalid");
  });

  it("purges for good, with the trashed children and never the live ones", async () => {
    await makeSession("gal-1", ["img-a", "img-b", "img-live"]);
    await makeSession("gal-2", ["img-other"]);
    await commit(
      create("datasets", "d-1", { name: "D" }),
      create("datasetItems", "i-1", { datasetId: "d-1" }),
    );
    await commit(
      trashed("gallerySessions", "gal-1"),
      trashed("galleryImages", "img-a"),
      trashed("galleryImages", "img-b"),
      trashed("galleryImages", "img-other"),
      trashed("datasets", "d-1"),
      trashed("datasetItems", "i-1"),
    );
    const answer = await purge(
      { collection: "gallerySessions", id: "gal-1" },
      { collection: "datasets", id: "d-1" },
      { collection: "styles", id: "gone-already" },
    ).expect(200);
    expect(answer.body).toEqual({ purged: 5 });
    expect(
      has("gallerySessions", "gal-1") || has("galleryImages", "img-a") || has("datasetItems", "i-1"),
    ).toBe(false);
    expect(has("galleryImages", "img-live") && has("galleryImages", "img-other")).toBe(true);
    expect(store.changesSince(0, 100)?.changes.filter(({ op }) => op === "purge")).toHaveLength(5);
  });

  it("refuses to purge what is not in the trash, or a job at work, and then purges nothing", async () => {
    await commit(create("contents", "c-1"), create("contents", "c-2"), trashed("contents", "c-1"));
    const live = await purge(
      { collection: "contents", id: "c-1" },
      { collection: "contents", id: "c-2" },
    ).expect(409);
    expect(live.body).toMatchObject({ code: "trash.not-deleted", errors: [{ path: "/items/1" }] });
    expect(has("contents", "c-1")).toBe(true);
    await commit(
      create("jobs", "j-1", { kind: "image", provider: "nobody", status: "running" }),
      trashed("jobs", "j-1"),
    );
    const active = await purge({ collection: "jobs", id: "j-1" });
    const { status } = store.get("jobs", "j-1") ?? {};
    expect([active.status, active.body.code, status]).toEqual([409, "trash.job-active", "running"]);
    await purge({ collection: "nothing", id: "c-1" }).expect(400);
  });

  it("is emptied in commits of bounded size", async () => {
    const ids = Array.from({ length: 1201 }, (_, at) => `c-${at}`);
    await commit(...ids.map((id) => create("contents", id)), create("contents", "live"));
    await commit(...ids.map((id) => trashed("contents", id)));
    const { seq } = store.cursor();
    const answer = await server.request.post("/api/trash/empty").expect(200);
    expect(answer.body).toEqual({ purged: 1201, kept: 0 });
    expect(store.cursor().seq).toBe(seq + 3);
    expect(store.count("contents")).toBe(1);
  });
});

describe("the retention of the trash", () => {
  it("purges what is older than it by itself, at start and again and again", async () => {
    await commit(
      create("contents", "c-1"),
      create("contents", "c-2"),
      create("contents", "c-3"),
      trashed("contents", "c-1"),
    );
    await server.close();
    clock.nowMs += 7 * DAY_MS - 1;
    await commit(trashed("contents", "c-2"));
    await open(7, 5);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(has("contents", "c-1")).toBe(true);
    clock.nowMs += 1;
    await expect.poll(() => has("contents", "c-1")).toBe(false);
    expect(has("contents", "c-2") && has("contents", "c-3")).toBe(true);
    clock.nowMs += 7 * DAY_MS;
    await expect.poll(() => has("contents", "c-2")).toBe(false);
    expect(has("contents", "c-3")).toBe(true);
  });

  it("keeps a session as long as something of it is left", async () => {
    await makeSession("gal-1", ["img-a", "img-late", "img-live"]);
    await commit(trashed("gallerySessions", "gal-1"), trashed("galleryImages", "img-a"));
    clock.nowMs += DAY_MS;
    await commit(trashed("galleryImages", "img-late"));
    clock.nowMs += 6 * DAY_MS;
    expect(await server.app.trash.sweep()).toBe(1);
    expect([has("gallerySessions", "gal-1"), has("galleryImages", "img-a")]).toEqual([true, false]);
    await commit(trashed("galleryImages", "img-live"));
    clock.nowMs += 7 * DAY_MS;
    expect(await server.app.trash.sweep()).toBe(3);
    expect(has("gallerySessions", "gal-1")).toBe(false);
  });

  it("is off with 0 days", async () => {
    await server.close();
    await open(0);
    await commit(create("contents", "c-1"), trashed("contents", "c-1"));
    clock.nowMs += 10_000 * DAY_MS;
    expect(await server.app.trash.sweep()).toBe(0);
    expect((await list()).items[0]).not.toHaveProperty("purgeAt");
  });
});
