import type { Store } from "../../src/index.ts";
import type { BenchContext } from "../bench-context.ts";
import { openFilledStore, upsertJob } from "../fill-store.ts";
import { measurement, type Measurement } from "../measurement.ts";
import { median, quantile } from "../median.ts";
import { openSqlitePeer, type SqlitePeer } from "../peers/sqlite-peer.ts";
import { jobId, jobRecord } from "../sample-job.ts";

interface Contest {
  readonly records: number;
  readonly store: Store;
  readonly sqlite: SqlitePeer;
  /** Per round: saves per second, and quantiles of one save in ms. */
  readonly rates: number[];
  readonly sqliteRates: number[];
  readonly p50Ms: number[];
  readonly p99Ms: number[];
}

/** One writer that waits for each save, in a small and in a large studio. */
export async function measureOneWriter(context: BenchContext): Promise<readonly Measurement[]> {
  const { fewRecords, records, rounds } = context.size;
  const few = await enter(context, fewRecords);
  const many = await enter(context, records);
  let operation = 0;
  for (let round = 0; round < rounds; round += 1) {
    context.progress(`1 writer, round ${round + 1} of ${rounds}`);
    for (const contest of [few, many]) {
      await runStore(contest, context.size.oneUpserts, () => (operation += 1));
      await runSqlite(contest, context.size.oneUpserts, () => (operation += 1));
    }
  }
  for (const { store, sqlite } of [few, many]) {
    await store.close();
    sqlite.close();
  }
  const lines = ([few, many] as const).map((contest) =>
    measurement({
      measure: `durable upserts, ${contest.records} records, 1 writer, against better-sqlite3 WAL FULL`,
      value: median(contest.rates),
      unit: "1/s",
      ratio: median(contest.rates) / median(contest.sqliteRates),
      atLeast: contest === few ? 0.85 : 1.2,
    }),
  );
  const growth = (name: string, ours: readonly number[], base: readonly number[], most: number) =>
    measurement({
      measure: `save, ${name}: ${fewRecords} records against ${records} (at most ${most} times as long)`,
      value: median(ours),
      unit: "ms",
      ratio: median(base) / median(ours),
      atLeast: 1 / most,
    });
  return [...lines, growth("p50", many.p50Ms, few.p50Ms, 1.1), growth("p99", many.p99Ms, few.p99Ms, 1.5)];
}

async function enter(context: BenchContext, records: number): Promise<Contest> {
  return {
    records,
    store: await openFilledStore(await context.folder(`one-${records}`), records),
    sqlite: openSqlitePeer(await context.folder(`one-${records}-sqlite`), records),
    rates: [],
    sqliteRates: [],
    p50Ms: [],
    p99Ms: [],
  };
}

async function runStore(contest: Contest, upserts: number, next: () => number): Promise<void> {
  const timesMs: number[] = [];
  const started = performance.now();
  for (let done = 0; done < upserts; done += 1) {
    const operation = next();
    const before = performance.now();
    await upsertJob(contest.store, (operation * 7919) % contest.records, operation);
    timesMs.push(performance.now() - before);
  }
  contest.rates.push((upserts * 1000) / (performance.now() - started));
  contest.p50Ms.push(median(timesMs));
  contest.p99Ms.push(quantile(timesMs, 0.99));
}

async function runSqlite(contest: Contest, upserts: number, next: () => number): Promise<void> {
  const started = performance.now();
  for (let done = 0; done < upserts; done += 1) {
    const operation = next();
    const at = (operation * 7919) % contest.records;
    await contest.sqlite.upsert(jobId(at), jobRecord(at, operation));
  }
  contest.sqliteRates.push((upserts * 1000) / (performance.now() - started));
}
