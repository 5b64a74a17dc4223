import { expect, test } from "vitest";
import { FAILED_ONCE } from "../failing-seeds.ts";
import { simulate } from "../simulate.ts";
import { firstViolations, mixed } from "./runs.ts";

// Every life is checked for all that a life can show, so each property sees thousands of them; the runs under its name have
// more of what it is about. Thousands of lives take a minute or two.
const TIMEOUT_MS = 300_000;

test(
  "Y60: when all is quiet, every view equals the studio",
  async () => {
    expect(await firstViolations({ property: 1 }, (seed) => simulate({ seed, ...mixed(seed) }))).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "Y65: a base that was pulled bit by bit equals a fresh snapshot",
  async () => {
    const run = (seed: number) => simulate({ seed, ...mixed(seed), devices: 3, restores: seed % 2 === 0 });
    expect(await firstViolations({ property: 6 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);

test.each(FAILED_ONCE)("a run that failed once holds: $seed", async (options) => {
  expect(await simulate(options)).toEqual([]);
});
