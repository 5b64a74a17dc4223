import { setTimeout as sleep } from "node:timers/promises";
import {
  createHttpTransport,
  createSyncClient,
  hashBlob,
  type SyncClient,
  systemClock,
} from "@safelight/sync";
import { v7 as newUuid } from "uuid";
import { describe, expect, it } from "vitest";
import { createMemoryStorage } from "../../../../packages/sync/src/adapters/memory-storage.ts";
import type { Tabs } from "../../../../packages/sync/src/ports.ts";
import { startStudio } from "../start-studio.ts";

const CLIENTS = 200;
/** Longer than any client waits before it tries again while the studio is away for a moment. */
const SETTLED_MS = 40_000;

interface CountedClient {
  readonly client: SyncClient;
  /** Answers that the studio gave, by the part of the address after `/api/sync/`. */
  readonly answered: { readonly path: string; readonly atMs: number }[];
}

/** A device of one tab. */
function loneTab(): Tabs {
  return {
    lead(work) {
      const controller = new AbortController();
      const done = work(controller.signal);
      return async () => {
        controller.abort();
        await done;
      };
    },
    challenge: () => undefined,
    send: () => undefined,
    listen: () => () => undefined,
  };
}

async function connect(url: string): Promise<CountedClient> {
  const answered: CountedClient["answered"] = [];
  const client = createSyncClient({
    storage: createMemoryStorage(),
    tabs: loneTab(),
    transport: createHttpTransport({
      baseUrl: url,
      clock: systemClock,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        const path = /\/api\/sync\/(\w+)/.exec(response.url)?.[1] ?? "";
        if (response.ok) answered.push({ path, atMs: performance.now() });
        return response;
      },
    }),
    clock: systemClock,
    random: Math.random,
    newUuid,
    hashBlob,
  });
  await client.open();
  return { client, answered };
}

describe("a studio that restarts under 200 event streams", () => {
  it("gets them all back spread over time, with one pull each, and all see what is written then", async () => {
    const studio = await startStudio();
    const clients: CountedClient[] = [];
    try {
      while (clients.length < CLIENTS) clients.push(await connect(studio.url));
      const isConnected = ({ answered }: CountedClient) => answered.some(({ path }) => path === "events");
      await expect.poll(() => clients.every(isConnected), { timeout: 30_000 }).toBe(true);
      for (const { answered } of clients) answered.length = 0;

      await studio.kill();
      await studio.restart();
      await expect.poll(() => clients.every(isConnected), { timeout: SETTLED_MS }).toBe(true);
      // Whoever pulls twice has had the time to.
      await sleep(1000);
      for (const { answered } of clients) {
        expect(answered.map(({ path }) => path)).toEqual(["changes", "events"]);
      }
      const arrivals = clients.map(({ answered }) => answered[0]?.atMs ?? 0).toSorted((a, b) => a - b);
      const [first = 0, last = 0] = [arrivals[0], arrivals.at(-1)];
      // Not all at once: no tenth of a second sees more than a third of them.
      expect(last - first).toBeGreaterThan(300);
      const busiest = Math.max(
        ...arrivals.map((at) => arrivals.filter((other) => other >= at && other < at + 100).length),
      );
      expect(busiest).toBeLessThan(CLIENTS / 3);

      await fetch(`${studio.url}/api/styles`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "after the restart" }),
      });
      await expect.poll(() => clients.every(({ client }) => client.list("styles").length === 1)).toBe(true);
    } finally {
      await Promise.all(clients.map(({ client }) => client.close()));
      await studio.close();
    }
  }, 120_000);
});
