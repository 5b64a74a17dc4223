import { expect, it } from "vitest";
import { createHttpBenchContext, SMALL_SIZE } from "./http-bench-context.ts";
import { runHttpBenchmarks } from "./run-http-benchmarks.ts";

it("measures the server over HTTP at a small size, with a ratio each", { timeout: 60_000 }, async () => {
  const said: string[] = [];
  const context = await createHttpBenchContext({ size: SMALL_SIZE, progress: (words) => said.push(words) });
  try {
    const lines = await runHttpBenchmarks(context);
    expect(lines).toHaveLength(7);
    for (const { measure, value, ratio, atLeast, pass } of lines) {
      expect(value, measure).toBeGreaterThan(0);
      expect(Number.isFinite(ratio), measure).toBe(true);
      expect(pass, measure).toBe(ratio >= atLeast);
    }
    expect(said).toContainEqual("served files: not measured, because there is no wrk here");
  } finally {
    await context.dispose();
  }
});
