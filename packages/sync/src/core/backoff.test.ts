import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

test("Y56: waits double from half a second to half a minute, of which up to a half is taken off", () => {
  expect([1, 2, 3, 7, 50].map((failures) => backoffMs(failures, 1))).toEqual([
    500, 1000, 2000, 30_000, 30_000,
  ]);
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
      const delayMs = backoffMs(failures, random);
      expect(delayMs).toBeGreaterThanOrEqual(250);
      expect(delayMs).toBeLessThanOrEqual(30_000);
    }),
  );
});

test("Y56: the server's wish is obeyed, within reason", () => {
  expect(backoffMs(1, 0, 7000)).toBe(7000);
  expect(backoffMs(1, 0, 86_400_000)).toBe(600_000);
});
