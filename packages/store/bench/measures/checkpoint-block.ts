import type { BenchContext } from "../bench-context.ts";
import { openFilledStore, upsertJob } from "../fill-store.ts";
import { measurement, type Measurement } from "../measurement.ts";
import { median } from "../median.ts";

const MOST_BLOCK_MS = 20;

/** The longest time in which the event loop does not turn while the large document is written. */
export async function measureCheckpointBlock(context: BenchContext): Promise<readonly Measurement[]> {
  const { records, rounds } = context.size;
  const store = await openFilledStore(await context.folder("block"), records);
  const blocksMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    context.progress(`checkpoint, round ${round + 1} of ${rounds}`);
    await upsertJob(store, round % records, round + 1);
    blocksMs.push(await longestBlockMs(() => store.checkpoint()));
  }
  await store.close();
  return [
    measurement({
      measure: `longest block of the event loop in a checkpoint of ${records} records, of at most ${MOST_BLOCK_MS} ms`,
      value: median(blocksMs),
      unit: "ms",
      ratio: MOST_BLOCK_MS / median(blocksMs),
      atLeast: 1,
    }),
  ];
}

async function longestBlockMs(work: () => Promise<void>): Promise<number> {
  let longestMs = 0;
  let lastMs = performance.now();
  let isWatching = true;
  const turn = () => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
    if (isWatching) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isWatching = false;
  turn();
  return longestMs;
}
