import { describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { picturePlace } from "../library/job-places.ts";
import { createLibraryLayout, NO_ROWS } from "../library/library-rows.ts";
import { type MoveKey, moveInRows } from "./move-in-rows.ts";

const gap = 10;
const at = (day: number) => new Date(2026, 2, day, 12).toISOString();
// Squares of 100 in a width of 320: three to a row. Two days of four pictures: rows of 3 and 1, twice.
const items = Array.from({ length: 8 }, (_, index) =>
  picturePlace(makeContent({ id: `content-${index}`, createdAt: at(index < 4 ? 10 : 9), config: {} })),
);
const layout = createLibraryLayout()(items, { width: 320, gap, targetHeight: 100, today: "2026-03-10" });
const move = (index: number, key: MoveKey, pageHeight = 200) =>
  moveInRows(layout, index, { key, pageHeight, gap });

describe("moving in the library", () => {
  it("goes to neighbours, over the ends of rows and days, and stops at the ends", () => {
    expect([move(0, "ArrowRight"), move(3, "ArrowRight"), move(7, "ArrowRight")]).toEqual([1, 4, 7]);
    expect([move(4, "ArrowLeft"), move(0, "ArrowLeft")]).toEqual([3, 0]);
  });

  it("goes to the nearest tile of the row above or below, past the headings of days", () => {
    expect([move(2, "ArrowDown"), move(3, "ArrowDown"), move(5, "ArrowUp")]).toEqual([3, 4, 3]);
    expect([move(7, "ArrowDown"), move(1, "ArrowUp")]).toEqual([7, 1]);
  });

  it("goes by pages and to the ends", () => {
    expect([move(1, "End"), move(6, "Home")]).toEqual([7, 0]);
    expect([move(1, "PageDown", 250), move(1, "PageDown", 260)]).toEqual([3, 5]);
    expect(move(7, "PageUp", 10_000)).toBe(0);
  });

  it("stays where it is when there is nothing", () => {
    expect(moveInRows(NO_ROWS, 0, { key: "End", pageHeight: 100, gap })).toBe(0);
  });
});
