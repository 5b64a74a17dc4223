import { describe, expect, it } from "vitest";
import { makeContent } from "../../../testing/make-records.ts";
import { libraryItems } from "./library-items.ts";
import { libraryRows } from "./library-rows.ts";

const options = { width: 1000, gap: 8, targetHeight: 196, today: "2026-03-10" };
const localNoon = (day: number) => new Date(2026, 2, day, 12).toISOString();

describe("libraryRows", () => {
  it("groups pictures by local day and counts them", () => {
    const contents = [10, 10, 9, 2].map((day, index) =>
      makeContent({ id: `content-${index}`, createdAt: localNoon(day) }),
    );
    const rows = libraryRows(libraryItems(contents, [], localNoon(10)), options);
    const days = rows.flatMap((row) => (row.kind === "day" ? [[row.name, row.pictures]] : []));
    expect(days).toEqual([
      ["Today", 2],
      ["Yesterday", 1],
      ["Monday 2 March", 1],
    ]);
  });

  it("gives every row a key of its own and a height", () => {
    const contents = Array.from({ length: 40 }, (_, index) =>
      makeContent({ id: `content-${index}`, createdAt: localNoon(1 + (index % 9)) }),
    ).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const rows = libraryRows(libraryItems(contents, [], localNoon(10)), options);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(rows.every(({ height }) => height > 0)).toBe(true);
  });
});
