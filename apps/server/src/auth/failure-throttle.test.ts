import { expect, it } from "vitest";
import { createFailureThrottle } from "./failure-throttle.ts";

it("blocks an address for a minute after ten failures, and no other address", () => {
  let nowMs = 0;
  const throttle = createFailureThrottle(() => nowMs);
  for (let count = 0; count < 9; count += 1) throttle.countFailure("10.0.0.1");
  expect(throttle.isBlocked("10.0.0.1")).toBe(false);
  throttle.countFailure("10.0.0.1");
  expect(throttle.isBlocked("10.0.0.1")).toBe(true);
  expect(throttle.isBlocked("10.0.0.2")).toBe(false);
  nowMs = 60_001;
  expect(throttle.isBlocked("10.0.0.1")).toBe(false);
});
