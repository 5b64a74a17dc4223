import type { AnyRecord } from "@safelight/shared";
import {
  createMemoryDatabase,
  createMemoryStorage,
  type MemoryDatabase,
} from "../src/adapters/memory-storage.ts";
import { createSyncClient } from "../src/create-sync-client.ts";
import { readBase } from "../src/engine/base-layers.ts";
import { createAttentionDesk } from "../src/engine/attention-desk.ts";
import { createBlobKeeper } from "../src/engine/blob-keeper.ts";
import type { LateLoads } from "../src/engine/late-loads.ts";
import { createLeader } from "../src/engine/leader.ts";
import { rebuild } from "../src/engine/rebuild-base.ts";
import { writeAnew } from "../src/engine/write-anew.ts";
// Loaded by name when it is first asked for, which takes the machine's own time: a virtual clock does not wait for that.
import "../src/engine/keep-house.ts";
import type { UpkeepPolicy } from "../src/engine/keep-house.ts";
import type { Storage, TableName, Tables, TransactionMode } from "../src/ports.ts";
import type { SyncClient } from "../src/sync-client.ts";
import { createFakeBrowser, type FakeBrowser, type FakeTab } from "./fake-tabs.ts";
import { createFakeTransport, type FakeNetwork, type NetworkOptions } from "./fake-transport.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** A browser profile on one machine: its database outlives its tabs. */
export interface Device {
  readonly database: MemoryDatabase;
  readonly network: FakeNetwork;
  /** `slowly`: what it reads first takes it some milliseconds to take in. */
  openTab(options?: { readonly slowly?: boolean }): Promise<DeviceTab>;
}

export interface DeviceTab {
  readonly client: SyncClient;
  /** As if the process were killed: no transaction and no request of this tab ends any more. */
  readonly kill: () => void;
  /** Hears nothing of the other tabs. */
  readonly setDeaf: (deaf: boolean) => void;
  /** As the browser freezes a page: no timer and no transaction, until it is thawed. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly isFrozen: () => boolean;
}

export interface DeviceOptions extends Omit<NetworkOptions, "clock"> {
  readonly clock: VirtualClock;
  readonly name: string;
  readonly random?: () => number;
  /** Runs before each write transaction takes effect; throws what the browser would. */
  readonly beforeCommit?: (grows: boolean) => void;
  readonly upkeep?: UpkeepPolicy;
  /** Told what the base said before and after each transaction over the base alone. */
  readonly onBaseOrdered?: (before: BaseRecords, after: BaseRecords) => void;
}

/** Loading takes the machine's own time, which no seed gives again. */
const LOADED: LateLoads = {
  leader: async () => ({ createLeader }),
  blobKeeper: async () => ({ createBlobKeeper }),
  attentionDesk: async () => ({ createAttentionDesk }),
  writeAnew: async () => ({ writeAnew }),
  rebuild: async () => ({ rebuild }),
};

/** Records by `collection/id`. */
export type BaseRecords = ReadonlyMap<string, AnyRecord>;

/** What the database of a device says of every record of the base. */
export async function baseOf(database: MemoryDatabase): Promise<BaseRecords> {
  // Beside the queue of transactions: between two of them, or as the first thing in one.
  const storage = createMemoryStorage({ database: { ...database, tail: Promise.resolve() } });
  const base = await storage.transact("read", ["base", "packs"], readBase);
  return new Map([...base].flatMap(([key, record]) => (record === undefined ? [] : [[key, record]])));
}

const BASE_TABLES: ReadonlySet<TableName> = new Set(["meta", "base", "packs"]);

export function createDevice(options: DeviceOptions): Device {
  const { clock, name, random = () => 0.5, beforeCommit, onBaseOrdered } = options;
  const database = createMemoryDatabase();
  const browser: FakeBrowser = createFakeBrowser(clock);
  const network = createFakeTransport(options);
  let uuids = 0;

  return {
    database,
    network,
    async openTab({ slowly = false } = {}) {
      let dead = false;
      let isSlow = slowly;
      const ice = createIce();
      const tab: FakeTab = browser.openTab();
      const never = <T>() => new Promise<T>(() => undefined);
      const storage: Storage = createMemoryStorage({
        database,
        kind: "disk",
        beforeCommit: (grows) => {
          if (dead) throw new Error("The tab is gone.");
          beforeCommit?.(grows);
        },
      });

      /** Nothing begins or ends in a tab that is frozen, or gone. */
      async function transact<T>(
        mode: TransactionMode,
        names: readonly TableName[],
        work: (tables: Tables) => Promise<T>,
      ): Promise<T> {
        await ice.thawed();
        if (dead) return never();
        const isOrdering = mode !== "read" && names.every((table) => BASE_TABLES.has(table));
        let before: BaseRecords | undefined;
        try {
          const value = await storage.transact(mode, names, async (tables) => {
            if (isOrdering && onBaseOrdered !== undefined) before = await baseOf(database);
            return work(tables);
          });
          if (before !== undefined) onBaseOrdered?.(before, await baseOf(database));
          await ice.thawed();
          if (isSlow) await new Promise<void>((resolve) => void clock.after(20, resolve));
          isSlow = false;
          return dead ? never() : value;
        } catch (error) {
          await ice.thawed();
          return dead ? never() : Promise.reject(error);
        }
      }

      const client = createSyncClient({
        storage: { ...storage, transact },
        transport: network,
        late: LOADED,
        tabs: tab,
        clock: {
          now: () => clock.now(),
          after: (ms, run) =>
            clock.after(ms, () => {
              if (dead) return;
              if (ice.isFrozen()) void ice.thawed().then(() => (dead ? undefined : run()));
              else run();
            }),
        },
        random,
        newUuid: () => `${name}-${String((uuids += 1)).padStart(12, "0")}`,
        hashBlob: async (bytes) => hashOf(await bytes.text()),
        ...(options.upkeep === undefined ? {} : { upkeep: options.upkeep }),
      });
      await client.open();
      return {
        client,
        setDeaf: (deaf) => tab.setDeaf(deaf),
        isFrozen: () => ice.isFrozen(),
        freeze() {
          ice.freeze();
          tab.setFrozen(true);
        },
        thaw() {
          tab.setFrozen(false);
          ice.thaw();
        },
        kill() {
          dead = true;
          tab.kill();
        },
      };
    },
  };
}

/** What holds up a frozen tab. */
function createIce() {
  let waiting: (() => void)[] | undefined;
  return {
    isFrozen: () => waiting !== undefined,
    freeze: () => void (waiting ??= []),
    thaw() {
      const held = waiting ?? [];
      waiting = undefined;
      for (const go of held) go();
    },
    /** At once when it is not frozen. */
    thawed: () =>
      new Promise<void>((resolve) => {
        if (waiting === undefined) resolve();
        else waiting.push(resolve);
      }),
  };
}

/** Stands in for SHA-256 where only sameness matters. */
function hashOf(text: string): string {
  let hash = 7;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 2 ** 40;
  return hash.toString(16).padStart(64, "0");
}
