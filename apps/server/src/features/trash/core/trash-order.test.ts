import { expect, it } from "vitest";
import { compareTrash, decodePlace, encodePlace, placeOf, type TrashKey } from "./trash-order.ts";

const key = (deletedAt: string, collection: TrashKey["collection"], id: string): TrashKey => ({
  deletedAt,
  collection,
  id,
});

it("puts the newest deletion first, and those of one moment in a fixed order", () => {
  const old = key("2026-01-01T00:00:00.000Z", "jobs", "job-1");
  const one = key("2026-01-02T00:00:00.000Z", "contents", "content-9");
  const two = key("2026-01-02T00:00:00.000Z", "jobs", "job-1");
  expect([old, two, one].sort(compareTrash)).toEqual([one, two, old]);
});

it("carries a place through a cursor, and knows what is none", () => {
  const place = placeOf(key("2026-01-02T00:00:00.000Z", "contents", "content-9"));
  expect(decodePlace(encodePlace(place))).toEqual(place);
  for (const text of ["", "nonsense", btoa("[1,2,3]"), btoa("{}")]) expect(decodePlace(text)).toBeUndefined();
});
