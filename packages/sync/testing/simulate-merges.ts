import { jsonEqual } from "@safelight/shared";
import { createFakeStudio, type FakeStudio } from "./fake-studio.ts";
import { createDevice, type Device, type DeviceTab } from "./open-device.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";
import { pick, type Violations } from "./world.ts";

/** Each is edited by one device alone. */
const OWN_FIELDS = ["title", "prompt", "negativePrompt"] as const;
/** All devices fight about this one. */
const CONTESTED = "url";
const ID = "content-shared";

interface MergeWorld {
  readonly random: () => number;
  readonly clock: VirtualClock;
  readonly studio: FakeStudio;
  readonly places: readonly { readonly device: Device; readonly tab: DeviceTab }[];
  /** What each device wrote last in the field of its own. */
  readonly owned: Map<string, string>;
  /** Values of the contested field, by the device that wrote them, that were durable when it went on to another. */
  readonly contested: string[];
  readonly tags: Set<string>;
}

/** What a run ended in, as text, and how it broke a promise. */
export interface MergeOutcome {
  readonly violations: Violations;
  readonly record: string;
}

/**
 * Devices that are offline most of the time edit one record: each a text field of its own, all of them one field, and
 * each adds tags. In the end every own field holds its device's last value, every tag is there, and each contested
 * value is a version.
 */
export async function simulateMerges(seed: number): Promise<MergeOutcome> {
  const random = createSeededRandom(seed);
  const clock = createVirtualClock();
  const studio = createFakeStudio();
  studio.write("contents", ID, { type: "image", origin: "upload", title: "start", tags: ["start"] });
  const count = 2 + Math.floor(random() * 2);
  const places = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const delayMs = () => 1 + random() * 40;
      const device = createDevice({ clock, studio, name: `device-${index}`, random, delayMs });
      return { device, tab: await device.openTab() };
    }),
  );
  const world: MergeWorld = {
    random,
    clock,
    studio,
    places,
    owned: new Map(),
    contested: [],
    tags: new Set(["start"]),
  };
  await clock.run(2000);
  for (let step = 0; step < 25; step += 1) {
    const index = Math.floor(random() * count);
    const dice = random();
    if (dice < 0.6) await edit(world, index);
    else if (dice < 0.8) places[index]?.device.network.setDown(random() < 0.6);
    else await clock.run(random() * 3000);
  }
  for (const { device, tab } of places) {
    device.network.setDown(false);
    tab.client.nudge();
  }
  await clock.run(40_000);
  const record = studio.records().get(`contents/${ID}`);
  const violations = check(world).map((text) => `seed ${seed}: ${text}`);
  for (const { tab } of places) tab.kill();
  return { violations, record: JSON.stringify(record) };
}

async function edit(
  { random, clock, places, owned, contested, tags }: MergeWorld,
  index: number,
): Promise<void> {
  const client = places[index]?.tab.client;
  const held = client?.get("contents", ID);
  const field = OWN_FIELDS[index];
  if (client === undefined || held === undefined || field === undefined) return;
  const value = `${field}-${Math.floor(random() * 1e9)}`;
  const dice = random();
  if (dice < 0.5) {
    client.update("contents", ID, { [field]: value });
    owned.set(field, value);
  } else if (dice < 0.8) {
    const contestedValue = `/${index}/${value}`;
    client.update("contents", ID, { [CONTESTED]: contestedValue });
    contested.push(contestedValue);
    // Rapid edits of one field are one edit.
    await clock.run(400);
  } else {
    const tag = pick(random, [`tag-${index}-${Math.floor(random() * 1e6)}`, "shared"]);
    if (held.tags?.includes(tag) !== true)
      client.update("contents", ID, { tags: [...(held.tags ?? []), tag] });
    tags.add(tag);
  }
}

function check({ studio, places, owned, contested, tags }: MergeWorld): string[] {
  const found: string[] = [];
  const record = studio.records().get(`contents/${ID}`);
  for (const [field, value] of owned) {
    if (record?.[field] !== value) found.push(`${field} is ${JSON.stringify(record?.[field])}, not ${value}`);
  }
  const held = record?.["tags"];
  for (const tag of tags) {
    if (!Array.isArray(held) || !held.includes(tag)) found.push(`the tag ${tag} is gone`);
  }
  const versions = studio.versionsOf(`contents/${ID}`);
  for (const value of contested) {
    if (!versions.some((version) => version[CONTESTED] === value)) found.push(`${value} is not a version`);
  }
  for (const [index, { tab }] of places.entries()) {
    if (!jsonEqual(tab.client.get("contents", ID), record))
      found.push(`device ${index} shows another record`);
  }
  return found;
}
