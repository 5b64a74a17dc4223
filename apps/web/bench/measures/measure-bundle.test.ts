import { expect, test } from "vitest";
import { bundleSizes } from "./measure-bundle.ts";

test("the part of sync that the first paint waits for stays below 12 kB, and all that a leading tab loads below 20.5 kB", async () => {
  const { start, leading } = await bundleSizes();
  expect(start).toBeGreaterThan(5000);
  expect(start).toBeLessThan(12_000);
  expect(leading).toBeGreaterThan(start + 3000);
  expect(leading).toBeLessThan(20_500);
});
