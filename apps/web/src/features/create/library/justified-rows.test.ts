import { describe, expect, it } from "vitest";
import { justifiedRows } from "./justified-rows.ts";

const options = { width: 1000, gap: 8, targetHeight: 196 };
const of = (...aspects: readonly number[]) => aspects.map((aspect) => ({ aspect }));
const widthOf = (row: { readonly tiles: readonly { readonly width: number }[] }, gap = options.gap) =>
  row.tiles.reduce((sum, { width }) => sum + width, 0) + gap * (row.tiles.length - 1);

describe("justifiedRows", () => {
  it("fills the width exactly with every row but a short last one", () => {
    const aspects = [1.5, 1, 1.5, 0.75, 1.33, 1.78, 1, 0.75, 1.5, 1.5, 1, 1.33, 1, 1.5, 0.75, 1.78];
    const rows = justifiedRows(of(...aspects), options);
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows.slice(0, -1)) expect(widthOf(row)).toBeCloseTo(options.width, 6);
    expect(rows.flatMap(({ tiles }) => tiles.map(({ item }) => item.aspect))).toEqual(aspects);
  });

  it("keeps each item at its own aspect", () => {
    for (const row of justifiedRows(of(1.5, 0.75, 1, 2, 1.2, 0.4, 1), options)) {
      for (const { item, width } of row.tiles) expect(width / row.height).toBeCloseTo(item.aspect, 6);
    }
  });

  it("keeps full rows near the target height", () => {
    const rows = justifiedRows(
      of(...Array.from({ length: 60 }, (_, i) => 0.6 + ((i * 7) % 13) / 10)),
      options,
    );
    for (const row of rows.slice(0, -1)) {
      expect(row.height).toBeGreaterThan(options.targetHeight * 0.6);
      expect(row.height).toBeLessThan(options.targetHeight * 1.6);
    }
  });

  it("leaves a last row that is far from full at the target height", () => {
    expect(justifiedRows(of(1), options)).toEqual([
      { height: 196, tiles: [{ item: { aspect: 1 }, width: 196 }] },
    ]);
  });

  it("stretches a last row that lacks little", () => {
    const [row] = justifiedRows(of(1.5, 1.5, 1.5), options);
    expect(row === undefined ? 0 : widthOf(row)).toBeCloseTo(options.width, 6);
  });

  it("shrinks a single item that is wider than the row", () => {
    const [row] = justifiedRows(of(3), { ...options, width: 300 });
    expect(row?.height).toBeCloseTo(100, 6);
  });

  it("lays out nothing while the width is not known", () => {
    expect(justifiedRows(of(1, 1), { ...options, width: 0 })).toEqual([]);
  });
});
