import { type AnyRecord, COLLECTION_NAMES, type Json, jsonEqual } from "@safelight/shared";
import { createMemoryStorage } from "../src/adapters/memory-storage.ts";
import { readBase } from "../src/engine/base-layers.ts";
import { createFakeStudio, type FakeStudio } from "./fake-studio.ts";
import type { Fault } from "./fake-transport.ts";
import { createDevice, type Device, type DeviceTab } from "./open-device.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export interface SimulationOptions {
  readonly seed: number;
  readonly steps?: number;
  readonly devices?: number;
  /** The studio may be put back to a backup. */
  readonly restores?: boolean;
  /** The devices' clocks may jump by up to a year. */
  readonly clockJumps?: boolean;
}

/** Ways in which a run broke a promise; empty when all held. */
export type Violations = readonly string[];

interface Written {
  readonly device: number;
  readonly key: string;
  readonly field: string;
  /** From the last durable value on: one that a later edit took up into itself, unheard, counts as kept by it. */
  values: readonly Json[];
  durable?: true;
}

interface World {
  readonly random: () => number;
  readonly clock: VirtualClock;
  readonly studio: FakeStudio;
  readonly devices: readonly { readonly device: Device; tabs: DeviceTab[] }[];
  readonly violations: string[];
  /** A field that one device alone counts up: no tab anywhere may see it go down. */
  readonly counter: { value: number; busy: boolean };
  /** The last durable value per device, record and field, and what was written after it. */
  readonly written: Map<string, Written>;
  readonly say: (text: string) => void;
}

const FAULTS: readonly Fault[] = [
  "lose-request",
  "lose-answer",
  "lose-answer",
  "unavailable",
  "signed-out",
  "bad-answer",
  "twice",
];
const COUNTER_ID = "style-counter";
const TOO_LONG = "x".repeat(501);

/**
 * One random life of a studio and its devices: writes, lost and doubled requests, partitions, killed tabs, full disks,
 * purges, restores. Then the network heals, time passes, and what was promised is checked.
 */
export async function simulate(options: SimulationOptions): Promise<Violations> {
  const random = createSeededRandom(options.seed);
  const clock = createVirtualClock();
  const studio = createFakeStudio();
  const violations: string[] = [];
  let faultRate = 0.3;
  let diskFaultRate = 0;
  const fault = (): Fault => (random() < faultRate ? pick(random, FAULTS) : "none");
  const devices = Array.from({ length: options.devices ?? 2 }, (_, index) => ({
    device: createDevice({
      clock,
      studio,
      name: `device-${index}`,
      random,
      fault,
      delayMs: () => 1 + random() * 40,
      cutSnapshot: () => (random() < faultRate / 2 ? Math.floor(random() * 6) : undefined),
      beforeCommit: () => {
        if (random() < diskFaultRate) throw new DOMException("full", "QuotaExceededError");
      },
    }),
    tabs: [] as DeviceTab[],
  }));
  const world: World = {
    random,
    clock,
    studio,
    devices,
    violations,
    written: new Map(),
    counter: { value: 1000, busy: false },
    say: (text) => void violations.push(`seed ${options.seed}: ${text}`),
  };
  studio.write("styles", COUNTER_ID, { name: "counter", sortKey: "1000" });
  const openTab = async (place: { readonly device: Device; readonly tabs: DeviceTab[] }) => {
    const tab = await place.device.openTab();
    place.tabs.push(tab);
    if (options.restores !== true) watchCounter(world, tab);
  };
  for (const place of devices) await openTab(place);
  let backup: (() => void) | undefined;

  for (let step = 0; step < (options.steps ?? 60); step += 1) {
    const dice = random();
    const place = pick(random, devices);
    if (dice < 0.04) countUp(world);
    else if (dice < 0.07) await attach(world, place.tabs);
    else if (dice < 0.5) write(world, devices.indexOf(place));
    else if (dice < 0.7) await clock.run(random() * 400);
    else if (dice < 0.76) place.device.network.setDown(random() < 0.5);
    else if (dice < 0.82) {
      place.tabs.splice(Math.floor(random() * place.tabs.length), 1)[0]?.kill();
      // What it told the others before is still on its way.
      await clock.run(5);
    } else if (dice < 0.88 && place.tabs.length < 3) await openTab(place);
    else if (dice < 0.9) purgeOne(world);
    else if (dice < 0.91) studio.forgetTombstones();
    else if (dice < 0.93) diskFaultRate = random() < 0.5 ? 0.2 : 0;
    else if (dice < 0.95) faultRate = random() * 0.6;
    else if (dice < 0.97 && options.clockJumps === true) clock.jump((random() - 0.5) * 2 * 365 * 86_400_000);
    else if (dice < 0.98) backup ??= studio.backup();
    else if (options.restores === true && backup !== undefined) {
      backup();
      backup = undefined;
    } else await clock.run(random() * 5000);
    checkStatuses(world);
  }

  faultRate = 0;
  diskFaultRate = 0;
  for (const place of devices) {
    place.device.network.setDown(false);
    if (place.tabs.length === 0) await openTab(place);
  }
  await clock.run(200_000);
  checkStatuses(world);
  await checkViews(world);
  checkWrites(world);
  for (const { tabs } of devices) for (const tab of tabs) tab.kill();
  return violations;
}

/** 8. No tab goes back. */
function watchCounter({ say }: World, { client }: DeviceTab): void {
  let highest = 0;
  client.subscribe(() => {
    const seen = Number(client.get("styles", COUNTER_ID)?.sortKey ?? highest);
    if (seen < highest) say(`a tab went back from ${highest} to ${seen}`);
    highest = Math.max(highest, seen);
  });
}

/** Any record but the counter: an edit of a purged record is refused, and then it is not on screen any more. */
function purgeOne({ random, studio }: World): void {
  const keys = [...studio.records().keys()].filter((key) => key !== `styles/${COUNTER_ID}`);
  if (keys.length > 0) studio.purge(pick(random, keys));
}

function countUp({ counter, devices }: World): void {
  const client = devices[0]?.tabs[0]?.client;
  const seen = client?.get("styles", COUNTER_ID);
  // Only a tab that has seen the last value may count on.
  if (client === undefined || counter.busy || seen?.sortKey !== String(counter.value)) return;
  counter.value += 1;
  counter.busy = true;
  const release = () => void (counter.busy = false);
  client
    .update("styles", COUNTER_ID, { sortKey: String(counter.value) })
    .durable.then(release, () => undefined);
}

/** A picture and a record that refers to it. */
async function attach({ random }: World, tabs: readonly DeviceTab[]): Promise<void> {
  if (tabs.length === 0) return;
  const { client } = pick(random, tabs);
  const bytes = new Blob([`picture ${Math.floor(random() * 4)}`], { type: "image/png" });
  const kept = client.putBlob(bytes).then(
    (blob) => client.create("contents", { blob, origin: "upload" }),
    // A full disk: the caller still has the file.
    () => undefined,
  );
  await Promise.race([kept, new Promise((resolve) => setImmediate(resolve))]);
}

function write({ random, devices, written, say }: World, index: number): void {
  const tab = pick(random, devices[index]?.tabs ?? []);
  if (tab === undefined) return;
  const { client } = tab;
  const id = `style-${Math.floor(random() * 5)}`;
  const seen = client.get("styles", id);
  const dice = random();
  if (seen === undefined || dice < 0.1) {
    // Two devices that create under one name: the second one is for a person to look at.
    const own = `${id}-${index}-${Math.floor(random() * 1e9)}`;
    note(`styles/${own}`, "name", "new", client.create("styles", { name: "new" }, { id: own }).durable);
    if (seen === undefined && random() < 0.3) client.create("styles", { name: "shared" }, { id });
    return;
  }
  if (dice < 0.16) return void client.delete("styles", id);
  if (dice < 0.22) return void client.restore("styles", id);
  const field = pick(random, ["name", "triggerWord", "sortKey"] as const);
  const value = random() < 0.05 ? TOO_LONG : `${field}-${Math.floor(random() * 1e9)}`;
  const { durable } = client.update("styles", id, { [field]: value });
  note(`styles/${id}`, field, value, durable);
  if (client.get("styles", id)?.[field] !== value) say(`a tab does not read its own write of ${id}.${field}`);

  function note(key: string, name: string, noted: Json, kept: Promise<void>): void {
    const at = `${index} ${key} ${name}`;
    const entry = written.get(at) ?? { device: index, key, field: name, values: [] };
    written.set(at, entry);
    entry.values = [...entry.values, noted];
    const settled = () => {
      entry.durable = true;
      entry.values = entry.values.slice(Math.max(0, entry.values.indexOf(noted)));
    };
    kept.then(settled, () => undefined);
  }
}

/** 10. "Saved" is not said while this device's database holds anything that the server lacks. */
function checkStatuses({ devices, say }: World): void {
  for (const { device, tabs } of devices) {
    for (const { client } of tabs) {
      const status = client.status();
      // What another tab did a moment ago this one may not have heard of; alone, it knows.
      if (tabs.length > 1 || status.state !== "saved") continue;
      const waiting = (device.database.tables.get("outbox")?.size ?? 0) + client.attention().length;
      if (waiting > 0) say(`says saved while ${waiting} wait`);
    }
  }
}

/** 1 and 6. Every view, and every base, equals the studio. */
async function checkViews({ devices, studio, say }: World): Promise<void> {
  const truth = studio.records();
  for (const [index, { device, tabs }] of devices.entries()) {
    const base = await baseOf(device);
    compare(`base of device ${index}`, truth, base, say);
    const outbox = device.database.tables.get("outbox")?.size ?? 0;
    if (outbox > 0) say(`${outbox} rows are left in the outbox of device ${index}`);
    for (const { client } of tabs) {
      const seen = new Map<string, AnyRecord>();
      for (const name of COLLECTION_NAMES) {
        for (const record of [...client.list(name), ...client.trash(name)])
          seen.set(`${name}/${record.id}`, record);
      }
      compare(`view of device ${index}`, truth, seen, say);
    }
  }
}

/** What the database of a device says of every record. */
async function baseOf({ database }: Device): Promise<ReadonlyMap<string, AnyRecord>> {
  const storage = createMemoryStorage({ database });
  const base = await storage.transact("read", ["base", "packs"], readBase);
  return new Map([...base].flatMap(([key, record]) => (record === undefined ? [] : [[key, record]])));
}

function compare(
  what: string,
  truth: ReadonlyMap<string, AnyRecord>,
  seen: ReadonlyMap<string, AnyRecord>,
  say: World["say"],
): void {
  for (const [key, record] of truth) {
    if (!jsonEqual(record, seen.get(key))) {
      say(`${what}: ${key} is ${JSON.stringify(seen.get(key))}, not ${JSON.stringify(record)}`);
    }
  }
  for (const key of seen.keys()) if (!truth.has(key)) say(`${what}: ${key} should be gone`);
}

/** 2 and 3. Every durable write is a version at the studio or in the attention list; none had two effects. */
function checkWrites({ written, devices, studio, say }: World): void {
  for (const { device, key, field, values, durable } of written.values()) {
    if (durable !== true) continue;
    const versions = studio.versionsOf(key);
    const list = devices[device]?.tabs[0]?.client.attention() ?? [];
    const isThere =
      versions.some((record) => values.some((value) => jsonEqual(record[field], value))) ||
      list.some(
        (item) =>
          `${item.collection}/${item.id}` === key &&
          values.some((value) => jsonEqual(item.set?.[field], value)),
      );
    if (!isThere) say(`${key}.${field} = ${JSON.stringify(values)} of device ${device} is gone`);
  }
  for (const { tabs } of devices) {
    for (const item of tabs[0]?.client.attention() ?? []) {
      if (item.code === "record.exists" && item.set?.["name"] === "new") say(`${item.id} was created twice`);
    }
  }
  for (const sha256 of studio.bytesMissed()) say(`a reference to ${sha256} came before its bytes`);
  for (const [mutation, count] of studio.effects()) if (count > 1) say(`${mutation} had ${count} effects`);
}

function pick<T>(random: () => number, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}
