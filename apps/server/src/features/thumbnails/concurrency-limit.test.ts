import { expect, it } from "vitest";
import { createConcurrencyLimit } from "./concurrency-limit.ts";

it("runs as much at a time as it may, in order, and goes on after failures", async () => {
  const limit = createConcurrencyLimit(2);
  const started: number[] = [];
  const gates = Array.from({ length: 6 }, () => Promise.withResolvers<number>());
  let running = 0;
  let most = 0;
  const results = gates.map((gate, index) =>
    limit(async () => {
      started.push(index);
      running += 1;
      most = Math.max(most, running);
      try {
        return await gate.promise;
      } finally {
        running -= 1;
      }
    }),
  );
  const settled = Promise.allSettled(results);
  expect(started).toEqual([0, 1]);
  gates[1]?.reject(new Error("no"));
  await results[1]?.catch(() => undefined);
  await Promise.resolve();
  expect(started).toEqual([0, 1, 2]);
  for (const [index, gate] of gates.entries()) gate.resolve(index);
  const outcomes = (await settled).map((result) => (result.status === "fulfilled" ? result.value : "failed"));
  expect(outcomes).toEqual([0, "failed", 2, 3, 4, 5]);
  expect(started).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});
