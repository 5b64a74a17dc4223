import { type AnyRecord, COLLECTION_NAMES, jsonEqual } from "@safelight/shared";
import type { UploadRow } from "../src/ports.ts";
import { baseOf, type DeviceTab } from "./open-device.ts";
import { compareRecords, type World } from "./world.ts";

/** 10. "Saved" is not said while this device's database holds anything that the server lacks. Answers who says it. */
export function wronglySaved({ devices, options }: World): ReadonlyMap<DeviceTab, number> {
  const found = new Map<DeviceTab, number>();
  for (const { device, tabs } of devices) {
    for (const tab of tabs) {
      const { client, isFrozen } = tab;
      const status = client.status();
      // What another tab did this moment this one may not have heard of; alone, it knows. A frozen one shows the past.
      if ((tabs.length > 1 && options.watchStatus !== true) || status.state !== "saved" || isFrozen())
        continue;
      const uploads = [...(device.database.tables.get("uploads")?.values() ?? [])] as UploadRow[];
      const waiting =
        (device.database.tables.get("outbox")?.size ?? 0) +
        uploads.filter(({ refused }) => refused === undefined).length +
        client.attention().length;
      if (waiting > 0) found.set(tab, waiting);
    }
  }
  return found;
}

/** @param seen Who said so a moment ago: one that does no longer had not heard of it yet. Everybody counts when left out. */
export function checkStatuses(world: World, seen?: ReadonlyMap<DeviceTab, number>): void {
  for (const [tab, waiting] of wronglySaved(world)) {
    if (seen?.has(tab) !== false) world.say(`says saved while ${waiting} wait`);
  }
}

/** 1 and 6. Every view, and every base, equals the studio. */
export async function checkViews({ devices, studio, say }: World): Promise<void> {
  const truth = studio.records();
  for (const [index, { device, tabs }] of devices.entries()) {
    const base = await baseOf(device.database);
    compareRecords(`base of device ${index}`, truth, base, say);
    const outbox = device.database.tables.get("outbox")?.size ?? 0;
    if (outbox > 0) say(`${outbox} rows are left in the outbox of device ${index}`);
    for (const { client } of tabs) {
      const seen = new Map<string, AnyRecord>();
      for (const name of COLLECTION_NAMES) {
        for (const record of [...client.list(name), ...client.trash(name)])
          seen.set(`${name}/${record.id}`, record);
      }
      compareRecords(`view of device ${index}`, truth, seen, say);
    }
  }
}

/** 2 and 3. Every durable write is a version at the studio or in the attention list; none had two effects. */
export function checkWrites({ written, devices, studio, say }: World): void {
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
