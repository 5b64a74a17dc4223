import type { Json } from "@safelight/shared";
import type { DeviceTab } from "./open-device.ts";
import { COUNTER_ID, openTab, pick, type World } from "./world.ts";

const TOO_LONG = "x".repeat(501);

/** Takes and puts back one backup of the studio. */
export interface BackupShelf {
  backup: (() => void) | undefined;
}

/** One thing that happens in the life of a studio and its devices. */
export async function randomStep(world: World, shelf: BackupShelf): Promise<void> {
  const { random, devices, clock, studio, options, rates } = world;
  const dice = random();
  const place = pick(random, devices);
  if (options.freezes === true && random() < 0.05) {
    freezeOrThaw(world, place.tabs);
    // One that is thawed looks at the disk before it paints.
    await clock.run(1);
  }
  if (options.crashes === true && random() < 0.03) await crash(world);
  if (options.tends === true && random() < 0.08) tend(world, devices.indexOf(place));
  if (options.wildClocks === true && random() < 0.15) clock.jump((random() - 0.5) * 2 * 365 * 86_400_000);
  if (dice < 0.04) countUp(world);
  else if (dice < 0.07) await attach(world, place.tabs);
  else if (dice < 0.5) write(world, devices.indexOf(place));
  else if (dice < 0.7) await clock.run(random() * 400);
  else if (dice < 0.76) place.device.network.setDown(random() < 0.5);
  else if (dice < 0.82) {
    place.tabs.splice(Math.floor(random() * place.tabs.length), 1)[0]?.kill();
    // What it told the others before is still on its way.
    await clock.run(5);
  } else if (dice < 0.88 && place.tabs.length < 3) await openTab(world, place);
  else if (dice < 0.9) purgeOne(world);
  else if (dice < 0.91) studio.forgetTombstones();
  else if (dice < 0.93) rates.disk = random() < 0.5 ? 0.2 : 0;
  else if (dice < 0.95) rates.fault = random() * 0.6;
  else if (dice < 0.97 && options.clockJumps === true) clock.jump((random() - 0.5) * 2 * 365 * 86_400_000);
  else if (dice < 0.98) shelf.backup ??= studio.backup();
  else if (options.restores === true && shelf.backup !== undefined) {
    shelf.backup();
    shelf.backup = undefined;
  } else await clock.run(random() * 5000);
}

/** Whatever it had committed it has, when it is back. */
async function crash({ random, devices, clock }: World): Promise<void> {
  for (const { device } of devices) device.network.setDown(true);
  await clock.run(random() * 3000);
  for (const { device } of devices) device.network.setDown(false);
}

/** Not waited for: a tab that is killed in the middle of it never says that it is done. */
function tend({ random, devices, written }: World, index: number): void {
  const tabs = devices[index]?.tabs ?? [];
  const tab = tabs.length === 0 ? undefined : pick(random, tabs);
  const items = tab === undefined || tab.isFrozen() ? [] : tab.client.attention();
  if (tab === undefined || items.length === 0) return;
  const { n, collection, id, set = {} } = pick(random, items);
  // A full disk: it stays on the list.
  const letBe = () => undefined;
  if (!Object.values(set).includes(TOO_LONG) || random() < 0.5) {
    tab.client.retryAttention(n).catch(letBe);
    return;
  }
  const mended = Object.fromEntries(Object.keys(set).map((name) => [name, "mended"]));
  tab.client.editAttention(n, mended).catch(letBe);
  for (const name of Object.keys(set)) {
    const entry = written.get(`${index} ${collection}/${id} ${name}`);
    if (entry !== undefined) entry.values = [...entry.values, "mended"];
  }
}

function freezeOrThaw({ random }: World, tabs: readonly DeviceTab[]): void {
  const tab = tabs.length === 0 ? undefined : pick(random, tabs);
  if (tab?.isFrozen() === true) thaw(tab);
  else tab?.freeze();
}

/** A page that is shown again looks around. */
export function thaw(tab: DeviceTab): void {
  tab.thaw();
  tab.client.nudge();
}

/** Any record but the counter: an edit of a purged record is refused, and then it is not on screen any more. */
function purgeOne({ random, studio }: World): void {
  const keys = [...studio.records().keys()].filter((key) => key !== `styles/${COUNTER_ID}`);
  if (keys.length > 0) studio.purge(pick(random, keys));
}

function countUp({ counter, devices }: World): void {
  const tab = devices[0]?.tabs[0];
  const client = tab?.isFrozen() === true ? undefined : tab?.client;
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
async function attach({ random, options }: World, tabs: readonly DeviceTab[]): Promise<void> {
  if (tabs.length === 0) return;
  const { client, isFrozen } = pick(random, tabs);
  if (isFrozen()) return;
  const bytes = new Blob([`picture ${Math.floor(random() * 4)}`], { type: "image/png" });
  const kept = client.putBlob(bytes).then(
    // Bytes alone wait too.
    (blob) => options.watchStatus === true || client.create("contents", { blob, origin: "upload" }),
    // A full disk: the caller still has the file.
    () => undefined,
  );
  await Promise.race([kept, new Promise((resolve) => setImmediate(resolve))]);
}

function write({ random, devices, written, say }: World, index: number): void {
  const tab = pick(random, devices[index]?.tabs ?? []);
  // Nobody types into a frozen page.
  if (tab === undefined || tab.isFrozen()) return;
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
