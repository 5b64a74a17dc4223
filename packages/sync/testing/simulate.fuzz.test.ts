import { expect, test } from "vitest";
import { simulate, type SimulationOptions } from "./simulate.ts";

/** Runs per property; SYNC_FUZZ_RUNS asks for more. */
const RUNS = Number(process.env["SYNC_FUZZ_RUNS"] ?? 150);

async function firstViolations(options: Omit<SimulationOptions, "seed">): Promise<readonly string[]> {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const violations = await simulate({ ...options, seed });
    if (violations.length > 0) return violations;
  }
  return [];
}

test("Y60 Y61 Y62 Y65 Y69: faults, killed tabs and full disks end in equal views, with nothing gone or done twice", async () => {
  expect(await firstViolations({})).toEqual([]);
}, 120_000);

test("Y68: clocks that jump by a year change nothing", async () => {
  expect(await firstViolations({ clockJumps: true, devices: 3 })).toEqual([]);
}, 120_000);

test("Y40 Y41: a studio that is put back to a backup gets again what it forgot", async () => {
  expect(await firstViolations({ restores: true })).toEqual([]);
}, 120_000);

test.each([
  { seed: 1091, restores: true },
  { seed: 1362, restores: true },
  { seed: 1454, restores: true, steps: 300 },
  { seed: 153, steps: 300 },
])("a run that failed once holds: $seed", async (options) => {
  expect(await simulate(options)).toEqual([]);
});
