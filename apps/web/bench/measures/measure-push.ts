import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Mutation } from "@safelight/shared";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { median } from "../../../../packages/store/bench/median.ts";
import { runWriters } from "../../../../packages/store/bench/writers.ts";
import { openFileStore } from "../../../../packages/store/src/index.ts";
import { type BenchContext, createPusher, pictureCreation } from "../bench-context.ts";

const CLIENTS = 20;
const BATCH = 50;

/**
 * Mutations a second over push, against the same batches committed to a store in this process. Both are warm, and take
 * turns; the median of the rounds counts.
 */
export async function measurePush(context: BenchContext): Promise<Measurement[]> {
  const { size, progress } = context;
  const studio = await context.openStudio(0);
  const pushers = Array.from({ length: CLIENTS }, () => createPusher(studio));
  const folder = await mkdtemp(join(tmpdir(), "safelight-bench-"));
  const store = await openFileStore({ dataDir: folder });
  const push = (steps: readonly object[], operation: number) =>
    pushers[operation % CLIENTS]?.(steps) ?? Promise.resolve();
  const commit = (steps: readonly object[]) =>
    store.commit({
      by: "bench",
      actor: "client",
      atomicity: "each",
      steps: steps as unknown as Mutation[],
    });
  const rates: { readonly pushed: number; readonly committed: number }[] = [];
  await sleep(size.settleMs);
  for (let round = 0; round <= size.runs; round += 1) {
    progress(`pushes of ${CLIENTS} clients, round ${round}`);
    const rateOf = (upsert: (steps: readonly object[], operation: number) => Promise<unknown>) =>
      runWriters({
        writers: CLIENTS,
        operations: size.pushes,
        upsert: (operation) => upsert(batchOf(round * size.pushes + operation), operation),
      });
    const pushed = await rateOf(push);
    const committed = await rateOf(commit);
    // The first round warms both.
    if (round > 0) rates.push({ pushed, committed });
  }
  await studio.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
  return [
    measurement({
      measure: `mutations over push, ${CLIENTS} clients, batches of ${BATCH}, against the store's own commits`,
      value: median(rates.map(({ pushed }) => pushed)) * BATCH,
      unit: "/s",
      ratio: median(rates.map(({ pushed, committed }) => pushed / committed)),
      atLeast: 0.5,
    }),
  ];
}

function batchOf(operation: number): object[] {
  return Array.from({ length: BATCH }, (_, at) => pictureCreation(operation * BATCH + at));
}
