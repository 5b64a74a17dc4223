import { expect, it } from "vitest";
import { settledCharge } from "./settled-charge.ts";

it("is what the provider tells, else what was estimated, else unknown", () => {
  const estimate = { state: "estimated", usd: 0.5 } as const;
  expect(settledCharge({ state: "reported", usd: 0.4 }, { estimate })).toEqual({
    state: "reported",
    usd: 0.4,
  });
  expect(settledCharge({ state: "unknown" }, { estimate })).toEqual(estimate);
  expect(settledCharge({ state: "unknown" }, { estimate: { state: "unknown" } })).toEqual({
    state: "unknown",
  });
  expect(settledCharge({ state: "none" }, { estimate })).toEqual({ state: "none" });
});
