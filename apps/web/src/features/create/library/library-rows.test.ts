import { describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { picturePlace } from "./job-places.ts";
import { createLibraryLayout, NO_ROWS, rowOfTile } from "./library-rows.ts";

const options = { width: 1000, gap: 8, targetHeight: 196, today: "2026-03-10" };
const localNoon = (day: number) => new Date(2026, 2, day, 12).toISOString();
const itemsOn = (...days: readonly number[]) =>
  days.map((day, index) => picturePlace(makeContent({ id: `content-${index}`, createdAt: localNoon(day) })));

describe("the library's layout", () => {
  it("groups pictures by local day", () => {
    const { rows } = createLibraryLayout()(itemsOn(10, 10, 9, 2), options);
    const days = rows.flatMap((row) => (row.kind === "day" ? [[row.name, row.members.length]] : []));
    expect(days).toEqual([
      ["Today", 2],
      ["Yesterday", 1],
      ["Monday 2 March", 1],
    ]);
  });

  it("does so in either order", () => {
    const { rows } = createLibraryLayout()(itemsOn(2, 9, 10, 10), options);
    expect(rows.flatMap((row) => (row.kind === "day" ? [row.name] : []))).toEqual([
      "Monday 2 March",
      "Yesterday",
      "Today",
    ]);
  });

  it("gives every row a key of its own and a height, and finds the row of each tile", () => {
    const items = itemsOn(...Array.from({ length: 40 }, (_, index) => 9 - Math.floor(index / 5)));
    const layout = createLibraryLayout()(items, options);
    const { rows, firsts } = layout;
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(rows.every(({ height }) => height > 0)).toBe(true);
    for (const [index, item] of items.entries()) {
      const at = rowOfTile(layout, index);
      const row = rows[at];
      expect(row?.kind === "tiles" ? row.items[index - (firsts[at] ?? 0)] : undefined).toBe(item);
    }
    expect(rowOfTile(layout, items.length)).toBe(-1);
    expect(rowOfTile(NO_ROWS, 0)).toBe(-1);
  });

  it("tells where each row begins", () => {
    const { rows, places } = createLibraryLayout()(itemsOn(10, 10, 9, 2), options);
    let start = 0;
    for (const [index, { height }] of rows.entries()) {
      expect(places.startOf(index)).toBeCloseTo(start, 6);
      start += height;
    }
    expect([places.count, places.height]).toEqual([rows.length, expect.closeTo(start, 6)]);
  });

  it("joins days that hold few items by month, where it may", () => {
    const days = [10, 8, 6, 4, 2].map((day) => itemsOn(day)[0] ?? expect.unreachable());
    const names = (mayJoinDays: boolean) =>
      createLibraryLayout()(days, { ...options, mayJoinDays }).rows.flatMap((row) =>
        row.kind === "day" ? [row.name] : [],
      );
    expect(names(true)).toEqual(["March 2026"]);
    expect(names(false)).toHaveLength(5);
  });

  it("keeps the rows of the days in which nothing changed", () => {
    const layOut = createLibraryLayout();
    const items = itemsOn(10, 10, 9, 9);
    const { rows: before } = layOut(items, options);
    expect(layOut(items, { ...options }).rows).toBe(before);
    const [first, ...others] = items;
    const changed = first === undefined ? [] : [{ ...first, aspect: 1 }, ...others];
    const { rows: after } = layOut(changed, options);
    expect(after[1]).not.toBe(before[1]);
    expect(after.slice(2)).toHaveLength(2);
    expect(after.slice(2).every((row, index) => row === before[index + 2])).toBe(true);
    const added = [...itemsOn(11), ...changed];
    expect(
      layOut(added, options)
        .rows.slice(4)
        .every((row, index) => row === after[index + 2]),
    ).toBe(true);
    expect(layOut(changed, { ...options, width: 500 }).rows[3]).not.toBe(before[3]);
  });
});
