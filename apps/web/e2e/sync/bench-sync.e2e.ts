import { expect, it } from "vitest";
import { createBenchContext, SMALL_SIZE } from "../../bench/bench-context.ts";
import { runBenchmarks } from "../../bench/run-benchmarks.ts";

/** It starts five servers and a browser, one after another; each is slow where others work too. */
const TIMEOUT_MS = 180_000;

it(
  "measures everything at a small size, with a ratio each",
  async () => {
    const context = await createBenchContext({ size: SMALL_SIZE, progress: () => undefined });
    try {
      const lines = await runBenchmarks(context);
      expect(lines).toHaveLength(16);
      for (const { measure, value, ratio, atLeast, pass } of lines) {
        expect(Number.isFinite(value), measure).toBe(true);
        expect(Number.isFinite(ratio), measure).toBe(true);
        expect(pass, measure).toBe(ratio >= atLeast);
      }
    } finally {
      await context.dispose();
    }
  },
  TIMEOUT_MS,
);
