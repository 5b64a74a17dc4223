import { changeChunks, type Store, type StoredChange } from "../../src/index.ts";
import type { BenchContext } from "../bench-context.ts";
import { openFilledStore } from "../fill-store.ts";
import { measurement, type Measurement } from "../measurement.ts";
import { median } from "../median.ts";

const PAGE = 1000;
const MEGABYTE = 1_000_000;

/** A feed of everything from the texts that the store keeps, against one that makes its JSON anew from parsed records. */
export async function measureChangeFeed(context: BenchContext): Promise<readonly Measurement[]> {
  const store = await openFilledStore(await context.folder("feed"), context.size.records);
  const kept: number[] = [];
  const made: number[] = [];
  for (let round = 0; round < context.size.rounds; round += 1) {
    context.progress(`change feed, round ${round + 1} of ${context.size.rounds}`);
    kept.push(feedRate(store, (changes) => changes, keptBytes));
    made.push(feedRate(store, parsed, stringifiedBytes));
  }
  await store.close();
  return [
    measurement({
      measure: "change feed from kept texts, against re-stringified",
      value: median(kept),
      unit: "MB/s",
      ratio: median(kept) / median(made),
      atLeast: 4,
    }),
  ];
}

/** MB/s of a feed's pages as bytes. What `prepare` does is not counted: it stands for records that are parsed anyway. */
function feedRate<T>(
  store: Store,
  prepare: (changes: readonly StoredChange[]) => T,
  bytesOf: (prepared: T) => number,
): number {
  let bytes = 0;
  let tookMs = 0;
  for (let since = 0, more = true; more;) {
    const page = store.changesSince(since, PAGE);
    if (page === undefined) throw new RangeError("The feed does not reach back to the beginning.");
    const prepared = prepare(page.changes);
    const started = performance.now();
    bytes += bytesOf(prepared);
    tookMs += performance.now() - started;
    ({ seq: since, more } = page);
  }
  return bytes / MEGABYTE / (tookMs / 1000);
}

/** Pieces around each record's own text, in memory that is used again: to be sent or copied one by one. */
function keptBytes(changes: readonly StoredChange[]): number {
  let bytes = "[]".length;
  for (const chunk of changeChunks(changes)) bytes += chunk.length;
  return bytes;
}

/** As a server does that parses records and answers with `JSON.stringify`. */
function stringifiedBytes(changes: readonly unknown[]): number {
  return Buffer.from(JSON.stringify(changes)).length;
}

function parsed(changes: readonly StoredChange[]): readonly unknown[] {
  return changes.map(({ seq, collection, id, op, json }): unknown => {
    const record: unknown = JSON.parse(json ?? "null");
    return { seq, collection, id, op, record };
  });
}
