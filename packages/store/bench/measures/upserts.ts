import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { BenchContext } from "../bench-context.ts";
import { openFilledStore, upsertJob } from "../fill-store.ts";
import { measurement, type Measurement } from "../measurement.ts";
import { median } from "../median.ts";
import { openAppendPeer } from "../peers/append-peer.ts";
import { openSqlitePeer } from "../peers/sqlite-peer.ts";
import { jobId, jobRecord } from "../sample-job.ts";
import { runWriters } from "../writers.ts";

const WRITERS = 64;
/** Of 10 ms each. */
const MOST_TRIES = 6000;

/** Durable upserts by 64 writers into the large studio, its own checkpoints included, and the bytes that they cost. */
export async function measureUpserts(context: BenchContext): Promise<readonly Measurement[]> {
  const { records, rounds, manyUpserts } = context.size;
  const dataDir = await context.folder("upserts");
  const store = await openFilledStore(dataDir, records);
  const sqlite = openSqlitePeer(await context.folder("upserts-sqlite"), records);
  const append = openAppendPeer(await context.folder("upserts-append"));
  const line = Buffer.from(`${JSON.stringify(jobRecord(1, 1))}\n`);

  // Each operation differs from all before: SQLite writes nothing for a row that stays as it is.
  let operation = 0;
  const nextJob = () => {
    operation += 1;
    return { at: (operation * 7919) % records, operation };
  };
  const contestants = {
    store: { operations: manyUpserts, upsert: () => ours() },
    sqlite: { operations: Math.ceil(manyUpserts / 40), upsert: () => theirs(sqlite.upsert) },
    grouped: { operations: Math.ceil(manyUpserts / 8), upsert: () => theirs(sqlite.upsertGrouped) },
    append: { operations: Math.ceil(manyUpserts / 2), upsert: () => append.append(line) },
  };
  const rates: Record<keyof typeof contestants, number[]> = {
    store: [],
    sqlite: [],
    grouped: [],
    append: [],
  };
  const costs: number[] = [];
  let checkpoints = 0;

  async function ours(): Promise<void> {
    const job = nextJob();
    await upsertJob(store, job.at, job.operation);
  }

  async function theirs(upsert: typeof sqlite.upsert): Promise<void> {
    const job = nextJob();
    await upsert(jobId(job.at), jobRecord(job.at, job.operation));
  }

  for (let round = 0; round < rounds; round += 1) {
    context.progress(`64 writers, round ${round + 1} of ${rounds}`);
    for (const name of ["store", "sqlite", "grouped", "append"] as const) {
      const inode = await inodeOf(dataDir);
      const before = await writtenBytes();
      rates[name].push(await runWriters({ writers: WRITERS, ...contestants[name] }));
      if (name !== "store") continue;
      // What the round began to write is its own cost and none of the next contestant's.
      await documentWritten(dataDir);
      const cost = (await writtenBytes()) - before;
      costs.push(cost / manyUpserts / Buffer.byteLength(store.getJson("jobs", jobId(1))?.json ?? ""));
      if ((await inodeOf(dataDir)) !== inode) checkpoints += 1;
    }
  }
  context.progress(`rounds in which jobs.json was written anew: ${checkpoints} of ${rounds}`);
  await store.close();
  sqlite.close();
  await append.close();

  const rate = median(rates.store);
  const measure = `durable upserts, ${records} records, 64 writers, checkpoints included`;
  const against = (words: string, peer: readonly number[], atLeast: number) =>
    measurement({
      measure: `${measure}, against ${words}`,
      value: rate,
      unit: "1/s",
      ratio: rate / median(peer),
      atLeast,
    });
  const cost = median(costs);
  return [
    against("better-sqlite3 WAL FULL", rates.sqlite, 15),
    against("better-sqlite3 WAL FULL grouped by hand", rates.grouped, 2),
    against("raw append + fdatasync in batches", rates.append, 0.33),
    measurement({
      measure: "bytes written per upsert, checkpoints included, of at most 2.5 records",
      value: cost,
      unit: "records",
      ratio: 2.5 / cost,
      atLeast: 1,
    }),
  ];
}

/** Resolves when the large document is not being written. */
async function documentWritten(dataDir: string): Promise<void> {
  const temporary = path.join(dataDir, "jobs.json.tmp");
  for (let tries = 0; tries < MOST_TRIES && existsSync(temporary); tries += 1) await wait(10);
}

async function inodeOf(dataDir: string): Promise<number> {
  return (await stat(path.join(dataDir, "jobs.json"))).ino;
}

/** Bytes that this process gave to the system so far; 0 where the system does not tell. */
async function writtenBytes(): Promise<number> {
  if (process.platform !== "linux") return 0;
  const match = /^wchar: (\d+)$/m.exec(await readFile("/proc/self/io", "utf8"));
  return Number(match?.[1] ?? 0);
}
