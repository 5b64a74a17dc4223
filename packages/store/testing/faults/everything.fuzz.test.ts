import fc from "fast-check";
import { expect, it } from "vitest";
import { happening } from "./happening.ts";
import { twinStores } from "./twin-stores.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? "25");
const property = fc.asyncProperty(
  fc.array(happening, { minLength: 8, maxLength: 30 }),
  async (happenings) => {
    const twins = await twinStores();
    try {
      for (const happened of happenings) await twins.live(happened);
    } finally {
      await twins.dispose();
    }
  },
);

/** Runs that once failed, as fast-check names them (`seed`, `path`), and what they found. */
const KEPT: readonly { readonly seed: number; readonly path: string; readonly found: string }[] = [];

it.each(KEPT)("does not fail again where it once did: $found", async ({ seed, path }) => {
  await expect(fc.assert(property, { seed, path, numRuns: 1 })).resolves.toBeUndefined();
});

/** A failure prints its seed and path: they go into `KEPT`. More runs by hand: `FUZZ_RUNS=1000`. */
it("does what a store in memory does, through faults of the disk, edits by hand, kills and going back", async () => {
  await expect(fc.assert(property, { numRuns: RUNS })).resolves.toBeUndefined();
}, 120_000);
