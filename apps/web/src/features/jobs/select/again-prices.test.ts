import { expect, it } from "vitest";
import { againPriceWords, sumAgainPrices } from "./again-prices.ts";

it("adds up what is known, and groups the refusals by their reason, the most frequent first", () => {
  const prices = [
    { usd: 0.5, refusal: "The budget is used up." },
    { usd: undefined, refusal: "The model takes no count." },
    { usd: 0.25, refusal: undefined },
    { usd: undefined, refusal: "The model takes no count." },
  ];
  expect(sumAgainPrices(prices, 3)).toEqual({
    usd: 0.75,
    known: 2,
    unknown: 5,
    refusals: [
      { reason: "The model takes no count.", jobs: 2 },
      { reason: "The budget is used up.", jobs: 1 },
    ],
  });
  expect(sumAgainPrices([], 0)).toEqual({ usd: 0, known: 0, unknown: 0, refusals: [] });
});

it.each([
  [0, 2, 0, "This costs nothing."],
  [1.5, 2, 0, "This costs about $1.50."],
  [0, 0, 1, "The price of 1 job is not known."],
  [0, 1, 2, "The price of 2 jobs is not known; the other costs nothing."],
  [0, 8, 6, "The price of 6 jobs is not known; the others cost nothing."],
  [1.5, 3, 4, "This costs at least $1.50; the price of 4 jobs is not known."],
])("says of %d dollars for %d jobs and %d without a price: %s", (usd, known, unknown, words) => {
  expect(againPriceWords({ usd, known, unknown })).toBe(words);
});
