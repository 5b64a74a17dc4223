import { describe, expect, it } from "vitest";
import { formatUsd } from "../../../domain/format.ts";
import { generateWords, parseEstimate, priceShape } from "./estimate.ts";

describe("the price on the button", () => {
  const paid = { pictures: 8, isCounted: true, isPaid: true };
  it.each([
    [{ ...paid, isPaid: false, estimate: undefined }, "Generate 8 · free"],
    [{ ...paid, estimate: undefined }, "Generate 8"],
    [{ ...paid, estimate: { usd: 0.2, refusal: undefined, isSettled: true } }, "Generate 8 · about $0.20"],
    [{ ...paid, estimate: { usd: 0.1, refusal: undefined, isSettled: false } }, "Generate 8 · …"],
    [
      { ...paid, estimate: { usd: undefined, refusal: "No.", isSettled: true } },
      "Generate 8 · price unknown",
    ],
    [{ pictures: 1, isCounted: false, isPaid: false, estimate: undefined }, "Generate · free"],
  ])("of %o reads %s", (asked, words) => {
    expect(generateWords(asked, formatUsd)).toBe(words);
  });

  it("hangs on model, number and settings, not on the words or the seed", () => {
    const batch = { model: "flux", count: 1, prompt: "a fox", params: { seed: 1, count: 4 } };
    expect(priceShape({ ...batch, prompt: "a hare", params: { seed: 2, count: 4 } })).toBe(priceShape(batch));
    expect(priceShape({ ...batch, model: "veo" })).not.toBe(priceShape(batch));
    expect(priceShape({ ...batch, params: { seed: 1, count: 2 } })).not.toBe(priceShape(batch));
  });

  it("is read out of the answer, with what stands against it", () => {
    const refusal = { code: "budget.exceeded", message: "The budget is used up." };
    expect(parseEstimate({ jobs: 1, charge: { state: "none" } })).toEqual({ usd: 0, refusal: undefined });
    expect(parseEstimate({ jobs: 1, charge: { state: "unknown" }, refusal })).toEqual({
      usd: undefined,
      refusal: "The budget is used up.",
    });
    expect(() => parseEstimate({ jobs: 1 })).toThrow("cannot be read");
  });
});
