import { describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { placesOf } from "../../../domain/row-places.ts";
import { picturePlace } from "../library/job-places.ts";
import { type LibraryLayout, NO_ROWS } from "../library/library-rows.ts";
import { tilesInBand } from "./tiles-in-band.ts";

const gap = 8;
const square = (id: string) => picturePlace(makeContent({ id, config: {} }));
/** A heading of 36, then rows of three squares of 100, 8 apart: 0 1 2, 3 4 5. */
const layout: LibraryLayout = {
  rows: [
    { kind: "day", key: "day", height: 36, name: "Today", members: [] },
    { kind: "tiles", key: "1", height: 108, tileHeight: 100, items: ["a", "b", "c"].map(square) },
    { kind: "tiles", key: "2", height: 108, tileHeight: 100, items: ["d", "e", "f"].map(square) },
  ],
  firsts: [0, 0, 3],
  places: placesOf([0, 36, 144], 252),
};
const held = (left: number, top: number, right: number, bottom: number) =>
  tilesInBand(layout, { left, top, right, bottom }, gap);

describe("tilesInBand", () => {
  it("holds every tile that it touches, over rows", () => {
    expect(held(50, 60, 150, 150)).toEqual([0, 1, 3, 4]);
    expect(held(-10, -10, 1_000, 1_000)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("holds nothing between tiles, on a heading, or below them all", () => {
    expect(held(101, 40, 107, 300)).toEqual([]);
    expect(held(0, 0, 400, 36)).toEqual([]);
    expect(held(0, 137, 400, 143)).toEqual([]);
    expect(held(0, 260, 400, 900)).toEqual([]);
    expect(tilesInBand(NO_ROWS, { left: 0, top: 0, right: 9, bottom: 9 }, gap)).toEqual([]);
  });
});
