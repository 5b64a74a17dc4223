import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import { seededRandom } from "../crash-disk/seeded-random.ts";
import { type DataFolder, dataFolder, findingCodes } from "../data-folder.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { runScript, type ScriptProcess } from "./child-process.ts";

/** The promise is for two hundred of them in one folder; each takes about a third of a second. */
const ROUNDS = Number(process.env["KILL_ROUNDS"] ?? "200");
/** A busy machine ends sooner, with the rounds that it came to; with `KILL_ROUNDS` it does them all. */
const BUDGET_MS = process.env["KILL_ROUNDS"] === undefined ? 90_000 : Number.POSITIVE_INFINITY;
const LEAST_ROUNDS = Math.min(ROUNDS, 15);
/** After the first acknowledgement. */
const LONGEST_LIFE_MS = 120;
const MAX_COUNT = 1_000_000;

/** What a process told before it died. */
interface Told {
  /** Where it began. */
  readonly place: number;
  readonly saved: readonly { readonly writer: string; readonly count: number; readonly seq: number }[];
  readonly jobs: readonly { readonly id: string; readonly number: number; readonly seq: number }[];
  readonly blobs: readonly string[];
}

let folder: DataFolder;
let compiled: Awaited<ReturnType<typeof temporaryFolder>>;
let children: Set<ScriptProcess>;
beforeEach(async () => {
  folder = await dataFolder();
  compiled = await temporaryFolder();
  children = new Set();
});
afterEach(async () => {
  for (const child of children) {
    child.process.kill("SIGKILL");
    await child.ended;
  }
  await folder.dispose();
  await compiled.remove();
});

/** One that loads its modules and waits to be told to begin. */
function getReady(round: number): ScriptProcess {
  const child = runScript("busy-child.ts", [folder.path, String(round * MAX_COUNT)], {
    compiledCode: compiled.path,
  });
  children.add(child);
  return child;
}

async function liveAndDie(child: ScriptProcess, lifeMs: number): Promise<Told> {
  child.process.stdin?.write("begin\n");
  await child.line((line) => line.startsWith("saved"));
  await sleep(lifeMs);
  child.process.kill("SIGKILL");
  await child.ended;
  children.delete(child);
  const told = child.lines.map((line) => line.split(" "));
  const of = (word: string) => told.filter(([first]) => first === word);
  return {
    place: Number(of("place")[0]?.[1]),
    saved: of("saved").map(([, writer = "", count, seq]) => ({
      writer,
      count: Number(count),
      seq: Number(seq),
    })),
    jobs: of("job").map(([, id = "", number, seq]) => ({ id, number: Number(number), seq: Number(seq) })),
    blobs: of("blob").map(([, sha256 = ""]) => sha256),
  };
}

async function expectKept(store: Store, { saved, jobs, blobs }: Told): Promise<void> {
  for (const { writer, count, seq } of saved) {
    const stored = store.getJson("styles", `style-${writer}`);
    const found = Number(store.get("styles", `style-${writer}`)?.name);
    expect(stored?.seq).toBeGreaterThanOrEqual(seq);
    expect(found).toBeGreaterThanOrEqual(count);
    if (found === count) expect(stored?.seq).toBe(seq);
  }
  for (const { id, number, seq } of jobs) {
    expect(store.getJson("jobs", id)?.seq).toBe(seq);
    expect(store.get("jobs", id)?.number).toBe(number);
  }
  for (const sha256 of blobs) expect(await store.blobs.stat(sha256)).toBeDefined();
}

it(
  `1 kill -9 under 64 writers, ${ROUNDS} times or 90 seconds, with checkpoints, carrying and pruning: all acknowledged, no seq twice`,
  { retry: 0, timeout: 120_000 + ROUNDS * 5000 },
  async () => {
    const random = seededRandom(7);
    const jobs = new Map<string, { readonly number: number; readonly seq: number }>();
    let place = 0;
    let epoch: string | undefined;
    let acknowledged = 0;
    const endsAt = performance.now() + BUDGET_MS;
    let rounds = 0;
    let next: ScriptProcess | undefined = getReady(rounds);
    while (next !== undefined) {
      const child = next;
      rounds += 1;
      const isLast = rounds >= ROUNDS || (rounds >= LEAST_ROUNDS && performance.now() > endsAt);
      next = isLast ? undefined : getReady(rounds);
      const told = await liveAndDie(child, random() * LONGEST_LIFE_MS);
      expect(told.place).toBe(place);
      const seqs = [...told.saved, ...told.jobs].map(({ seq }) => seq);
      expect(new Set(seqs).size).toBe(seqs.length);
      expect(Math.min(...seqs)).toBeGreaterThan(place);
      acknowledged += seqs.length;

      const store = await folder.open({ checkpointQuietMs: 3_600_000 });
      await expectKept(store, told);
      for (const { id, number, seq } of told.jobs) jobs.set(id, { number, seq });
      expect(findingCodes(store).filter((code) => code !== "journal.torn")).toEqual([]);
      const cursor = store.cursor();
      expect(cursor.seq).toBeGreaterThanOrEqual(Math.max(...seqs));
      expect(cursor.epoch).toBe((epoch ??= cursor.epoch));
      place = cursor.seq;
      if (isLast) {
        for (const [id, { seq }] of jobs) expect(store.getJson("jobs", id)?.seq).toBe(seq);
        const numbers = [...store.scan("jobs")].map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
      }
      await store.close();
    }
    // How many a life brings is the machine's to say; that they were there to be lost is what counts.
    expect(acknowledged).toBeGreaterThan(rounds);
    expect(jobs.size).toBeGreaterThan(0);
  },
);
