import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mutation } from "@safelight/shared";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { runWriters } from "../../../../packages/store/bench/writers.ts";
import { openFileStore } from "../../../../packages/store/src/index.ts";
import { type BenchContext, createPusher, pictureCreation } from "../bench-context.ts";

const CLIENTS = 20;
const BATCH = 50;

/** Mutations a second over push, against the same batches committed to a store in this process. */
export async function measurePush(context: BenchContext): Promise<Measurement[]> {
  const { size, progress } = context;
  progress("pushes of 20 clients");
  const batchOf = (operation: number) =>
    Array.from({ length: BATCH }, (_, at) => pictureCreation(operation * BATCH + at));
  const studio = await context.openStudio(0);
  const pushers = Array.from({ length: CLIENTS }, () => createPusher(studio));
  const pushed = await runWriters({
    writers: CLIENTS,
    operations: size.pushes,
    upsert: (operation) => pushers[operation % CLIENTS]?.(batchOf(operation)) ?? Promise.resolve(),
  });
  await studio.close();

  const folder = await mkdtemp(join(tmpdir(), "safelight-bench-"));
  const store = await openFileStore({ dataDir: folder });
  const committed = await runWriters({
    writers: CLIENTS,
    operations: size.pushes,
    upsert: (operation) =>
      store.commit({
        by: "bench",
        actor: "client",
        atomicity: "each",
        steps: batchOf(operation) as unknown as Mutation[],
      }),
  });
  await store.close();
  await rm(folder, { recursive: true, force: true });
  return [
    measurement({
      measure: "mutations over push, 20 clients, batches of 50",
      value: pushed * BATCH,
      unit: "/s",
      ratio: pushed / committed,
      atLeast: 0.5,
    }),
  ];
}
