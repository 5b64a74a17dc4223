import { expect, test } from "vitest";
import { simulate } from "../simulate.ts";
import { firstViolations, mixed } from "./runs.ts";

const TIMEOUT_MS = 300_000;

test(
  "Y63: paging during writes misses nothing",
  async () => {
    expect(
      await firstViolations({ property: 4 }, (seed) => simulate({ seed, ...mixed(seed), paging: true })),
    ).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "Y66: compaction at any moment changes no view",
  async () => {
    const run = (seed: number) => simulate({ seed, ...mixed(seed), compaction: true });
    expect(await firstViolations({ property: 7 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "Y67: each tab reads its own writes and never goes back",
  async () => {
    const run = (seed: number) => simulate({ seed, ...mixed(seed), freezes: seed % 2 === 0 });
    expect(await firstViolations({ property: 8 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);
