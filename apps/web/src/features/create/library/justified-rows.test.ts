import { describe, expect, it } from "vitest";
import { type JustifiedRow, justifiedRows } from "./justified-rows.ts";

const options = { width: 1000, gap: 8, targetHeight: 196 };
const of = (...aspects: readonly number[]) => aspects.map((aspect) => ({ aspect }));
const widthOf = (items: readonly { readonly aspect: number }[], { from, to, height }: JustifiedRow) =>
  items.slice(from, to).reduce((sum, { aspect }) => sum + aspect * height, 0) + options.gap * (to - from - 1);

describe("justifiedRows", () => {
  it("fills the width exactly with every row but a short last one, and leaves no item out", () => {
    const items = of(1.5, 1, 1.5, 0.75, 1.33, 1.78, 1, 0.75, 1.5, 1.5, 1, 1.33, 1, 1.5, 0.75, 1.78);
    const rows = justifiedRows(items, options);
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows.slice(0, -1)) expect(widthOf(items, row)).toBeCloseTo(options.width, 6);
    expect(rows.map(({ from }) => from)).toEqual([0, ...rows.slice(0, -1).map(({ to }) => to)]);
    expect(rows.at(-1)?.to).toBe(items.length);
  });

  it("keeps full rows near the target height", () => {
    const items = of(...Array.from({ length: 60 }, (_, i) => 0.6 + ((i * 7) % 13) / 10));
    for (const row of justifiedRows(items, options).slice(0, -1)) {
      expect(row.height).toBeGreaterThan(options.targetHeight * 0.6);
      expect(row.height).toBeLessThan(options.targetHeight * 1.6);
    }
  });

  it("leaves a last row that is far from full at the target height", () => {
    expect(justifiedRows(of(1), options)).toEqual([{ height: 196, from: 0, to: 1 }]);
  });

  it("stretches a last row that lacks little", () => {
    const items = of(1.5, 1.5, 1.5);
    const [row] = justifiedRows(items, options);
    expect(row === undefined ? 0 : widthOf(items, row)).toBeCloseTo(options.width, 6);
  });

  it("shrinks a single item that is wider than the row", () => {
    const [row] = justifiedRows(of(3), { ...options, width: 300 });
    expect(row?.height).toBeCloseTo(100, 6);
  });

  it("lays out nothing while the width is not known", () => {
    expect(justifiedRows(of(1, 1), { ...options, width: 0 })).toEqual([]);
  });
});
