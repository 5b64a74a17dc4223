import { expect, test } from "vitest";
import { simulateRollback } from "../simulate-rollback.ts";
import { firstViolations } from "./runs.ts";

const TIMEOUT_MS = 300_000;

test(
  "Y59: going back to a moment gives what was, and going back from there gives what is",
  async () => {
    const run = (seed: number) => simulateRollback({ seed, steps: 20 });
    expect(await firstViolations({ property: 11, share: 3 }, run)).toEqual([]);
  },
  TIMEOUT_MS,
);
