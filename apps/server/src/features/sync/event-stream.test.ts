import { formatCursor, SCHEMA_VERSION } from "@safelight/shared";
import { createMemoryStore, type Store, type StoreHealth } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { type EventReader, readEvents } from "../../../testing/event-reader.ts";
import { openEventStream } from "./event-stream.ts";

let studio: TestApp;
const readers: EventReader[] = [];

beforeEach(async () => {
  studio = await createTestApp({ sync: { heartbeatMs: 40 } });
});

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await studio.close();
});

async function events(query = "", headers: Record<string, string> = {}): Promise<EventReader> {
  const reader = await readEvents(`${studio.url}/api/sync/events${query}`, headers);
  readers.push(reader);
  return reader;
}

async function create(store: Store, name: string, bytes = 0): Promise<void> {
  await store.commit({
    by: "test",
    actor: "server",
    atomicity: "all",
    steps: [
      {
        collection: "styles",
        id: `style-${name}`,
        op: "create",
        set: { name, description: "x".repeat(bytes) },
      },
    ],
  });
}

interface ChangesData {
  readonly cursor: string;
  readonly changes: readonly { readonly seq: number; readonly record: { readonly name: string } }[];
}

async function nextNames(reader: EventReader): Promise<string[]> {
  const event = await reader.next();
  expect(event.event).toBe("changes");
  const { changes, cursor } = JSON.parse(event.data) as ChangesData;
  expect(event.id).toBe(cursor);
  return changes.map((change) => change.record.name);
}

const cursor = () => formatCursor(studio.store.cursor());

describe("the event stream", () => {
  it("says hello first, then sends changes as they happen", async () => {
    const reader = await events();
    expect(reader.response.headers["content-type"]).toMatch(/^text\/event-stream/);
    const hello = await reader.next();
    expect(hello).toMatchObject({ event: "hello", id: undefined });
    expect(JSON.parse(hello.data)).toEqual({ cursor: cursor(), schema: SCHEMA_VERSION, readOnly: false });
    await create(studio.store, "a");
    expect(await nextNames(reader)).toEqual(["a"]);
    await create(studio.store, "b");
    expect(await nextNames(reader)).toEqual(["b"]);
  });

  it("starts with what a client missed, and prefers Last-Event-ID over the query", async () => {
    const start = cursor();
    await create(studio.store, "a");
    const afterFirst = cursor();
    await create(studio.store, "b");
    const fromQuery = await events(`?since=${start}`);
    expect((await fromQuery.next()).event).toBe("hello");
    expect(await nextNames(fromQuery)).toEqual(["a", "b"]);
    const resumed = await events(`?since=${start}`, { "last-event-id": afterFirst });
    expect((await resumed.next()).event).toBe("hello");
    expect(await nextNames(resumed)).toEqual(["b"]);
  });

  it("has no gap and no duplicate between catching up and live", async () => {
    const start = cursor();
    const total = 400;
    let written = 0;
    const write = async () => {
      while (written < total) {
        written += 1;
        await create(studio.store, String(written).padStart(3, "0"), 2000);
      }
    };
    const writing = write();
    await expect.poll(() => written).toBeGreaterThan(50);
    const reader = await events(`?since=${start}`);
    await reader.next();
    const seen: string[] = [];
    while (seen.length < total) seen.push(...(await nextNames(reader)));
    await writing;
    expect(seen).toEqual(Array.from({ length: total }, (_, index) => String(index + 1).padStart(3, "0")));
  });

  it.each([
    ["another epoch", "?since=another-epoch:0"],
    ["a time to come", undefined],
  ])("answers a cursor of %s with reset, and goes on from now", async (_what, query) => {
    await create(studio.store, "a");
    const reader = await events(query ?? `?since=${studio.store.cursor().epoch}:99`);
    expect((await reader.next()).event).toBe("hello");
    expect(await reader.next()).toEqual({
      event: "reset",
      id: cursor(),
      data: JSON.stringify({ cursor: cursor() }),
    });
    await create(studio.store, "b");
    expect(await nextNames(reader)).toEqual(["b"]);
  });

  it("keeps a quiet connection alive with comments", async () => {
    const reader = await events();
    expect(await reader.nextFrame()).toBe("retry: 2000");
    await reader.nextFrame();
    expect(await reader.nextFrame()).toBe(":");
    expect(await reader.nextFrame()).toBe(":");
  });

  it("lets go of the store when its client goes", async () => {
    const store = createMemoryStore();
    let listeners = 0;
    const subscribe: Store["subscribe"] = (listener) => {
      const unsubscribe = store.subscribe(listener);
      listeners += 1;
      return () => {
        listeners -= 1;
        unsubscribe();
      };
    };
    const other = await createTestApp({ store: { ...store, subscribe } });
    const before = listeners;
    const readers = await Promise.all(
      Array.from({ length: 5 }, () => readEvents(`${other.url}/api/sync/events`)),
    );
    expect(listeners).toBe(before + 5);
    for (const reader of readers) reader.close();
    await expect.poll(() => listeners).toBe(before);
    await other.close();
    await store.close();
  });

  it("ends when the server closes, so that closing does not wait for clients", async () => {
    const other = await createTestApp();
    const reader = await readEvents(`${other.url}/api/sync/events`);
    await reader.next();
    const ended = reader.next();
    await Promise.all([other.close(), expect(ended).rejects.toThrow("ended")]);
  });
});

describe("openEventStream", () => {
  it("holds one event for a client that takes nothing, and drops it in the end", async () => {
    const store = createMemoryStore();
    const { readable } = openEventStream(store, { heartbeatMs: 10, stallMs: 60 });
    const closed = vi.fn<() => void>();
    readable.on("close", closed).on("error", () => {});
    readable.read(0);
    for (let count = 0; count < 40; count += 1) await create(store, `big-${count}`, 90_000);
    expect(readable.readableLength).toBeLessThan(300_000);
    await expect.poll(() => closed).toHaveBeenCalled();
    await store.close();
  });

  it("says hello again when the store turns read-only", async () => {
    const store = createMemoryStore();
    let state: StoreHealth["state"] = "ok";
    const turning = { ...store, health: () => ({ ...store.health(), state }) };
    const { readable, end } = openEventStream(turning, { heartbeatMs: 5, stallMs: 1000 });
    let text = "";
    readable.on("data", (chunk: Buffer) => (text += chunk.toString()));
    state = "read-only";
    await expect.poll(() => text).toContain('"readOnly":true');
    expect(text.match(/event: hello/g)).toHaveLength(2);
    end();
    await expect.poll(() => readable.closed).toBe(true);
    await store.close();
  });
});
