import { expect, test } from "vitest";
import { simulate } from "../simulate.ts";
import { simulateMerges } from "../simulate-merges.ts";
import { firstViolations, mixed } from "./runs.ts";

const TIMEOUT_MS = 300_000;

test(
  "Y64: disjoint fields always both survive, and the same arrivals end in the same record",
  async () => {
    const run = async (seed: number) => {
      const { violations, record } = await simulateMerges(seed);
      if (seed % 10 !== 0) return violations;
      const again = await simulateMerges(seed);
      return again.record === record ? violations : [`seed ${seed}: ${record} and ${again.record}`];
    };
    expect(await firstViolations({ property: 5, share: 5 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "Y68: clocks that jump by a year change nothing",
  async () => {
    const run = (seed: number) => simulate({ seed, ...mixed(seed), wildClocks: true, devices: 3 });
    expect(await firstViolations({ property: 9 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);
