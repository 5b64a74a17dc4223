import { type AnyRecord, jsonEqual, type JsonObject } from "@safelight/shared";
import { checkViews } from "./check-world.ts";
import { end, heal, live } from "./simulate.ts";
import { createWorld, type SimulationOptions, type Violations, type World } from "./world.ts";

type Records = ReadonlyMap<string, AnyRecord>;

/**
 * A random life; then the studio goes back to a random moment and, after that, to where it was: each time every device
 * shows what was, and what was not there lies in the trash.
 */
export async function simulateRollback(options: SimulationOptions): Promise<Violations> {
  const world = await createWorld({ ...options, rollsBack: true });
  const { studio, random } = world;
  const moments = new Map<number, Records>();
  const remember = () => moments.set(studio.cursor().seq, new Map(studio.records()));
  studio.subscribe(remember);
  await live(world);
  await heal(world);
  remember();
  const places = [...moments.keys()];
  const past = places[Math.floor(random() * places.length)] ?? 0;
  const present = studio.cursor().seq;
  await goTo(world, past, moments.get(past));
  await goTo(world, present, moments.get(present));
  end(world);
  return world.violations;
}

async function goTo(world: World, seq: number, expected: Records = new Map()): Promise<void> {
  world.studio.rollBack(seq);
  await heal(world);
  await checkViews(world);
  const records = world.studio.records();
  for (const [key, record] of expected) {
    const now = records.get(key);
    if (!jsonEqual(withoutCounts(record), withoutCounts(now))) {
      world.say(`back at ${seq}, ${key} is ${JSON.stringify(now)}, not ${JSON.stringify(record)}`);
    }
  }
  for (const [key, record] of records) {
    if (!expected.has(key) && record.deletedAt === undefined)
      world.say(`back at ${seq}, ${key} is still there`);
  }
}

/** `rev` and times go on when a record goes back. */
function withoutCounts(record: AnyRecord | undefined): JsonObject {
  return { ...record, rev: 0, updatedAt: "" };
}
