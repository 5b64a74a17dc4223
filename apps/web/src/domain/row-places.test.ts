import { expect, it } from "vitest";
import { evenPlaces, NO_PLACES, placesOf, rowsInSight } from "./row-places.ts";

const even = evenPlaces(100, 46);
const uneven = placesOf([0, 36, 136, 336], 400);

it("knows where rows begin, and which one covers an offset", () => {
  expect([even.startOf(3), even.startOf(100), even.height]).toEqual([138, 4600, 4600]);
  expect([0, 45, 46, 138].map(even.rowAt)).toEqual([0, 0, 1, 3]);
  expect([uneven.startOf(2), uneven.startOf(4), uneven.count]).toEqual([136, 400, 4]);
  expect([0, 35.9, 36, 335, 399].map(uneven.rowAt)).toEqual([0, 0, 1, 2, 3]);
});

it("answers the first or last row for what lies outside, and none where there are none", () => {
  for (const places of [even, uneven]) {
    expect([places.rowAt(-50), places.rowAt(1_000_000)]).toEqual([0, places.count - 1]);
  }
  expect([NO_PLACES.rowAt(0), NO_PLACES.height]).toEqual([-1, 0]);
  expect(placesOf([], 0).rowAt(10)).toBe(-1);
});

it("has the rows in sight and some beside them, never past the ends", () => {
  expect(rowsInSight(even, { offset: 460, height: 92 }, 0)).toEqual({ first: 10, last: 12 });
  expect(rowsInSight(even, { offset: 460, height: 92 }, 4)).toEqual({ first: 6, last: 16 });
  expect(rowsInSight(uneven, { offset: 0, height: 100 }, 1)).toEqual({ first: 0, last: 2 });
  expect(rowsInSight(uneven, { offset: 390, height: 500 }, 2)).toEqual({ first: 1, last: 3 });
  const none = rowsInSight(NO_PLACES, { offset: 0, height: 900 }, 4);
  expect(none.last).toBeLessThan(none.first);
});
