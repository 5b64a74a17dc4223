import {
  createMemoryDatabase,
  createMemoryStorage,
  type MemoryDatabase,
} from "../src/adapters/memory-storage.ts";
import { createSyncClient } from "../src/create-sync-client.ts";
import type { Storage } from "../src/ports.ts";
import type { SyncClient } from "../src/sync-client.ts";
import { createFakeBrowser, type FakeBrowser, type FakeTab } from "./fake-tabs.ts";
import { createFakeTransport, type FakeNetwork, type NetworkOptions } from "./fake-transport.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** A browser profile on one machine: its database outlives its tabs. */
export interface Device {
  readonly database: MemoryDatabase;
  readonly network: FakeNetwork;
  openTab(): Promise<DeviceTab>;
}

export interface DeviceTab {
  readonly client: SyncClient;
  /** As if the process were killed: no transaction and no request of this tab ends any more. */
  readonly kill: () => void;
  /** Hears nothing of the other tabs, as one that the browser froze. */
  readonly setDeaf: (deaf: boolean) => void;
}

export interface DeviceOptions extends Omit<NetworkOptions, "clock"> {
  readonly clock: VirtualClock;
  readonly name: string;
  readonly random?: () => number;
  /** Runs before each write transaction takes effect; throws what the browser would. */
  readonly beforeCommit?: () => void;
}

export function createDevice(options: DeviceOptions): Device {
  const { clock, name, random = () => 0.5, beforeCommit } = options;
  const database = createMemoryDatabase();
  const browser: FakeBrowser = createFakeBrowser(clock);
  const network = createFakeTransport(options);
  let uuids = 0;

  return {
    database,
    network,
    async openTab() {
      let dead = false;
      const tab: FakeTab = browser.openTab();
      const never = <T>() => new Promise<T>(() => undefined);
      const storage: Storage = createMemoryStorage({
        database,
        kind: "disk",
        beforeCommit: () => {
          if (dead) throw new Error("The tab is gone.");
          beforeCommit?.();
        },
      });
      const client = createSyncClient({
        storage: {
          ...storage,
          transact: (mode, names, work) =>
            dead
              ? never()
              : storage.transact(mode, names, work).then(
                  (value) => (dead ? never() : value),
                  (error: unknown) => (dead ? never() : Promise.reject(error)),
                ),
        },
        transport: network,
        tabs: tab,
        clock: {
          now: () => clock.now(),
          after: (ms, run) => clock.after(ms, () => (dead ? undefined : run())),
        },
        random,
        newUuid: () => `${name}-${String((uuids += 1)).padStart(12, "0")}`,
        hashBlob: async (bytes) => hashOf(await bytes.text()),
      });
      await client.open();
      return {
        client,
        setDeaf: (deaf) => tab.setDeaf(deaf),
        kill() {
          dead = true;
          tab.kill();
        },
      };
    },
  };
}

/** Stands in for SHA-256 where only sameness matters. */
function hashOf(text: string): string {
  let hash = 7;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 2 ** 40;
  return hash.toString(16).padStart(64, "0");
}
