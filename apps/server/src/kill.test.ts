import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseCursor } from "@safelight/shared";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type BusyWriter, createPatchingWriter, createPushingWriter } from "../testing/busy-writers.ts";
import { getStudioReady, type ReadyStudio } from "../testing/ready-studio.ts";

/**
 * The promise is for two hundred of them in one folder; each takes most of a second, which is the start of a server. The next one
 * gets ready meanwhile.
 */
const ROUNDS = Number(process.env["KILL_ROUNDS"] ?? "200");
/** A busy machine ends sooner, with the rounds that it came to; with `KILL_ROUNDS` it does them all. */
const BUDGET_MS = process.env["KILL_ROUNDS"] === undefined ? 180_000 : Number.POSITIVE_INFINITY;
const LEAST_ROUNDS = Math.min(ROUNDS, 15);
/** A life ends after so many acknowledgements at most, and some milliseconds later; a busy machine may not come that far. */
const MOST_ACKNOWLEDGED = 200;
const LAST_MOMENTS_MS = 20;
const LONGEST_LIFE_MS = 1000;
const WRITERS_OF_A_KIND = 32;

interface Found {
  readonly seq: number;
  readonly epoch: string;
  /** `collection/id` → what the studio holds. */
  readonly records: ReadonlyMap<string, { readonly name: string; readonly rev: number }>;
}

interface HealthReport {
  readonly status: string;
  readonly store: { readonly findings: readonly { readonly code: string }[] };
}

let folder: string;
let studios: Set<ReadyStudio>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safelight-kill-"));
  studios = new Set();
});
afterEach(async () => {
  for (const studio of studios) await studio.killHard();
  rmSync(folder, { recursive: true, force: true });
});

function getReady(): ReadyStudio {
  const studio = getStudioReady({ dataDir: join(folder, "data"), compiledCode: join(folder, "code") });
  studios.add(studio);
  return studio;
}

/** Everything that the studio holds, as a client gets it. */
async function readAll(url: string): Promise<Found> {
  const text = await (await fetch(`${url}/api/sync/snapshot`)).text();
  const records = new Map<string, { name: string; rev: number }>();
  let cursor: ReturnType<typeof parseCursor>;
  for (const line of text.trimEnd().split("\n")) {
    const value = JSON.parse(line);
    if (value.type === "head") cursor = parseCursor(value.cursor);
    if (value.type === "record") records.set(`${value.collection}/${value.record.id}`, value.record);
  }
  if (cursor === undefined) throw new Error(`A snapshot without a head: ${text.slice(0, 200)}`);
  return { seq: cursor.seq, epoch: cursor.epoch, records };
}

async function codesOfFindings(url: string): Promise<readonly string[]> {
  const health = (await (await fetch(`${url}/health`)).json()) as HealthReport;
  expect(health.status).toBe("ok");
  return health.store.findings.map(({ code }) => code);
}

function expectKept({ acknowledged }: BusyWriter, found: Found): void {
  for (const [key, { count, rev }] of acknowledged.records) {
    const record = found.records.get(key);
    expect(Number(record?.name), key).toBeGreaterThanOrEqual(count);
    if (rev !== undefined && Number(record?.name) === count) expect(record?.rev, key).toBe(rev);
  }
}

/** Lets all writers at the studio, and kills it in the middle of what they ask for. */
async function liveAndDie(studio: ReadyStudio, url: string, writers: readonly BusyWriter[]) {
  let left = 1 + Math.floor(Math.random() * MOST_ACKNOWLEDGED);
  let onLast = () => {};
  const answered = new Promise<void>((resolve) => (onLast = resolve));
  const count = () => {
    left -= 1;
    if (left === 0) onLast();
  };
  const gone = Promise.all(writers.map((writer) => writer.writeUntilGone(url, count)));
  await Promise.race([answered, gone, sleep(LONGEST_LIFE_MS)]);
  await sleep(Math.random() * LAST_MOMENTS_MS);
  await studio.killHard();
  studios.delete(studio);
  await gone;
}

it(
  `1 kill -9 of the server under 64 writers over HTTP, ${ROUNDS} times or 3 minutes: all acknowledged, no seq twice, no effect twice`,
  { retry: 0, timeout: 120_000 + ROUNDS * 10_000 },
  async () => {
    const writers = Array.from({ length: WRITERS_OF_A_KIND }, (_, at) => String(at).padStart(4, "0"));
    const pushing = writers.map(createPushingWriter);
    const all = [...pushing, ...writers.map((name) => createPatchingWriter(`p${name}`))];
    const usedSeqs = new Set<number>();
    let place = 0;
    let epoch: string | undefined;
    let blobs = 0;
    const endsAt = performance.now() + BUDGET_MS;
    let rounds = 0;
    let next: ReadyStudio | undefined = getReady();
    while (next !== undefined) {
      const studio = next;
      const url = await studio.begin();
      const isLast = rounds >= ROUNDS || (rounds >= LEAST_ROUNDS && performance.now() > endsAt);
      next = isLast ? undefined : getReady();

      const found = await readAll(url);
      expect(found.epoch).toBe((epoch ??= found.epoch));
      expect(found.seq).toBeGreaterThanOrEqual(place);
      for (const writer of all) expectKept(writer, found);
      for (const { acknowledged } of pushing) {
        for (const seq of acknowledged.seqs.splice(0)) {
          expect(seq).toBeGreaterThan(place);
          expect(seq).toBeLessThanOrEqual(found.seq);
          expect(usedSeqs.has(seq)).toBe(false);
          usedSeqs.add(seq);
        }
      }
      for (const { acknowledged } of all) {
        for (const sha256 of acknowledged.blobs.splice(0)) {
          expect((await fetch(`${url}/api/blobs/${sha256}`, { method: "HEAD" })).status).toBe(200);
          blobs += 1;
        }
      }
      expect((await codesOfFindings(url)).filter((code) => code !== "journal.torn")).toEqual([]);
      place = found.seq;
      if (isLast) break;
      await liveAndDie(studio, url, all);
      rounds += 1;
    }
    // How many a life brings is the machine's to say; that they were there to be lost is what counts.
    expect(usedSeqs.size).toBeGreaterThan(rounds);
    if (rounds > 100) expect(blobs).toBeGreaterThan(0);
  },
);
