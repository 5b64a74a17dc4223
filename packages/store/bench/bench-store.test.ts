import { expect, it } from "vitest";
import { createBenchContext, SMALL_SIZE } from "./bench-context.ts";
import { tableOf } from "./measurement.ts";
import { runBenchmarks } from "./run-benchmarks.ts";

it("measures everything at a small size, with a ratio each", { timeout: 120_000 }, async () => {
  const context = await createBenchContext({ size: SMALL_SIZE, progress: () => {} });
  try {
    const lines = await runBenchmarks(context);
    expect(lines).toHaveLength(12);
    for (const { measure, value, ratio, atLeast, pass } of lines) {
      expect(Number.isFinite(value), measure).toBe(true);
      expect(Number.isFinite(ratio), measure).toBe(true);
      expect(pass, measure).toBe(ratio >= atLeast);
    }
    expect(tableOf(lines).split("\n")).toHaveLength(14);
  } finally {
    await context.dispose();
  }
});
