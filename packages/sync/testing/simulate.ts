import { checkStatuses, checkViews, checkWrites, wronglySaved } from "./check-world.ts";
import { type BackupShelf, randomStep, thaw } from "./random-step.ts";
import { createWorld, openTab, type SimulationOptions, type Violations, type World } from "./world.ts";

/** How long a hint takes to the other tabs, and a little more, in milliseconds. */
const HINT_MS = 2;
/** When everything has arrived, the leaders look around once more. */
const LAST_LOOK_MS = 8000;
/** Longest time until everything has arrived, in milliseconds. */
const PATIENCE_MS = 200_000;

/**
 * One random life of a studio and its devices: writes, lost and doubled requests, partitions, killed tabs, full disks,
 * purges, restores. Then the network heals, time passes, and what was promised is checked.
 */
export async function simulate(options: SimulationOptions): Promise<Violations> {
  const world = await createWorld(options);
  await live(world);
  await heal(world);
  checkStatuses(world);
  await checkViews(world);
  checkWrites(world);
  end(world);
  return world.violations;
}

export async function live(world: World): Promise<void> {
  const { options, clock } = world;
  const shelf: BackupShelf = { backup: undefined };
  for (let step = 0; step < (options.steps ?? 60); step += 1) {
    await randomStep(world, shelf);
    if (options.watchStatus === true) await clock.run(HINT_MS);
    const seen = wronglySaved(world);
    if (seen.size > 0) await lookAgain(world, seen);
  }
}

/** A write of the last moment, by a timer, is known to the other tabs a hint later. */
async function lookAgain(world: World, seen: ReturnType<typeof wronglySaved>): Promise<void> {
  if (world.options.watchStatus === true) await world.clock.run(HINT_MS);
  checkStatuses(world, seen);
}

/** All faults end, every device has a tab, and time passes until nothing is on its way any more. */
export async function heal(world: World): Promise<void> {
  const { rates, devices, clock } = world;
  rates.fault = 0;
  rates.disk = 0;
  for (const place of devices) {
    place.device.network.setDown(false);
    for (const tab of place.tabs) if (tab.isFrozen()) thaw(tab);
    if (place.tabs.length === 0) await openTab(world, place);
  }
  for (let passedMs = 0; passedMs < PATIENCE_MS; passedMs += LAST_LOOK_MS) {
    await clock.run(LAST_LOOK_MS);
    if (isQuiet(world)) break;
  }
  await clock.run(LAST_LOOK_MS);
}

export function end({ devices }: World): void {
  for (const { tabs } of devices) for (const tab of tabs) tab.kill();
}

function isQuiet({ devices, studio }: World): boolean {
  const { epoch, seq } = studio.cursor();
  return devices.every(({ device: { database } }) => {
    const state = database.tables.get("meta")?.get("state") as
      | { cursor?: string; snapshot?: object }
      | undefined;
    const waits = (database.tables.get("outbox")?.size ?? 0) + (database.tables.get("uploads")?.size ?? 0);
    return waits === 0 && state?.snapshot === undefined && state?.cursor === `${epoch}:${seq}`;
  });
}
