import { type Json, jsonEqual } from "@safelight/shared";
import { createFakeStudio, type FakeStudio } from "./fake-studio.ts";
import type { Fault } from "./fake-transport.ts";
import { type BaseRecords, createDevice, type Device, type DeviceTab } from "./open-device.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export interface SimulationOptions {
  readonly seed: number;
  readonly steps?: number;
  readonly devices?: number;
  /** The studio may be put back to a backup. */
  readonly restores?: boolean;
  /** The studio goes back to an earlier moment, by new changes. */
  readonly rollsBack?: boolean;
  /** The devices' clocks may jump by up to a year. */
  readonly clockJumps?: boolean;
  /** They do so all the time. */
  readonly wildClocks?: boolean;
  /** Rows go into packs all the time. */
  readonly compaction?: boolean;
  /** Small pages, and others write between the pages and the lines of a snapshot. */
  readonly paging?: boolean;
  /** Tabs freeze and thaw. */
  readonly freezes?: boolean;
  /** The studio's process is killed and started again: every stream ends, and what is on its way is lost. */
  readonly crashes?: boolean;
  /** Somebody sends again what was refused, as it was or with other values. */
  readonly tends?: boolean;
  /** Some tabs take their time to take in what they read first. */
  readonly slowStarts?: boolean;
  /** What may happen to a request; all there is when left out. */
  readonly faults?: readonly Fault[];
  /** The status is looked at after each step, in all tabs. */
  readonly watchStatus?: boolean;
}

/** Ways in which a run broke a promise; empty when all held. */
export type Violations = readonly string[];

export interface Written {
  readonly device: number;
  readonly key: string;
  readonly field: string;
  /** From the last durable value on: one that a later edit took up into itself, unheard, counts as kept by it. */
  values: readonly Json[];
  durable?: true;
}

export interface Place {
  readonly device: Device;
  readonly tabs: DeviceTab[];
}

export interface World {
  readonly options: SimulationOptions;
  readonly random: () => number;
  readonly clock: VirtualClock;
  readonly studio: FakeStudio;
  readonly devices: readonly Place[];
  readonly violations: string[];
  /** A field that one device alone counts up: no tab anywhere may see it go down. */
  readonly counter: { value: number; busy: boolean };
  /** The last durable value per device, record and field, and what was written after it. */
  readonly written: Map<string, Written>;
  /** How often a request meets a fault, and a write a full disk: 0 to 1. */
  readonly rates: { fault: number; disk: number };
  readonly say: (text: string) => void;
}

/** Longer than a slow tab takes, in milliseconds. */
const OPENING_MS = 30;

export const COUNTER_ID = "style-counter";

const FAULTS: readonly Fault[] = [
  "lose-request",
  "lose-answer",
  "lose-answer",
  "unavailable",
  "signed-out",
  "bad-answer",
  "twice",
];

/** A studio and its devices, each with one tab, at the start of a run. */
export async function createWorld(options: SimulationOptions): Promise<World> {
  const random = createSeededRandom(options.seed);
  const clock = createVirtualClock();
  const studio = createFakeStudio();
  const violations: string[] = [];
  const rates = { fault: 0.3, disk: 0 };
  const { faults = FAULTS } = options;
  const say = (text: string) => void violations.push(`seed ${options.seed}: ${text}`);
  const fault = (): Fault => (random() < rates.fault ? pick(random, faults) : "none");
  const devices = Array.from({ length: options.devices ?? 2 }, (_, index): Place => {
    const device = createDevice({
      clock,
      studio,
      name: `device-${index}`,
      random,
      fault,
      delayMs: () => 1 + random() * 40,
      cutSnapshot: () => (random() < rates.fault / 2 ? Math.floor(random() * 6) : undefined),
      beforeCommit: () => {
        if (random() < rates.disk) throw new DOMException("full", "QuotaExceededError");
      },
      ...(options.compaction === true ? compaction(random, index, say) : {}),
      ...(options.paging === true ? paging({ random, clock, studio }) : {}),
    });
    return { device, tabs: [] };
  });
  const world: World = {
    options,
    random,
    clock,
    studio,
    devices,
    violations,
    written: new Map(),
    counter: { value: 1000, busy: false },
    rates,
    say,
  };
  studio.write("styles", COUNTER_ID, { name: "counter", sortKey: "1000" });
  for (const place of devices) await openTab(world, place);
  return world;
}

export async function openTab(world: World, { device, tabs }: Place): Promise<void> {
  const slowly = world.options.slowStarts === true && world.random() < 0.5;
  const opening = device.openTab({ slowly });
  // What goes on meanwhile is told while nobody could see it yet.
  if (slowly) await world.clock.run(OPENING_MS);
  const tab = await opening;
  tabs.push(tab);
  const { restores, rollsBack } = world.options;
  if (restores !== true && rollsBack !== true) watchCounter(world, tab);
}

/** Property 8. No tab goes back. */
function watchCounter({ say }: World, { client }: DeviceTab): void {
  let highest = 0;
  client.subscribe(() => {
    const seen = Number(client.get("styles", COUNTER_ID)?.sortKey ?? highest);
    if (seen < highest) say(`a tab went back from ${highest} to ${seen}`);
    highest = Math.max(highest, seen);
  });
}

/** Property 7. Rows go into packs and packs are joined all the time, and the base says the same before and after. */
function compaction(random: () => number, index: number, say: World["say"]) {
  return {
    upkeep: {
      everyMs: 100 + random() * 900,
      rowsAbove: Math.floor(random() * 4),
      packFrom: 1 + Math.floor(random() * 4),
    },
    onBaseOrdered: (before: BaseRecords, after: BaseRecords) =>
      compareRecords(`base of device ${index} after compaction`, before, after, say),
  };
}

/** Property 4. Small pages, and somebody writes while they are read. */
function paging({ random, clock, studio }: Pick<World, "random" | "clock" | "studio">) {
  return {
    pageLimit: 1 + Math.floor(random() * 3),
    async meanwhile() {
      if (random() < 0.3) {
        const id = `style-${Math.floor(random() * 8)}`;
        studio.write("styles", id, { name: `meanwhile-${Math.floor(random() * 1e9)}` });
      }
      if (random() < 0.3) await new Promise<void>((resolve) => void clock.after(random() * 20, resolve));
    },
  };
}

export function compareRecords(what: string, truth: BaseRecords, seen: BaseRecords, say: World["say"]): void {
  for (const [key, record] of truth) {
    if (!jsonEqual(record, seen.get(key))) {
      say(`${what}: ${key} is ${JSON.stringify(seen.get(key))}, not ${JSON.stringify(record)}`);
    }
  }
  for (const key of seen.keys()) if (!truth.has(key)) say(`${what}: ${key} should be gone`);
}

export function pick<T>(random: () => number, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}
