import { describe, expect, it } from "vitest";
import { zoomOfKey } from "./zoom-keys.ts";
import { FITTED, MOST_ZOOM, panned, zoomedTo } from "./zoom.ts";

const stage = { x: 800, y: 600 };

describe("zoom", () => {
  it("keeps what is under the pointer where it is", () => {
    const point = { x: 100, y: -50 };
    const before = { scale: 2, x: 30, y: 10 };
    const after = zoomedTo(before, 5, point);
    const under = ({ scale, x, y }: typeof before) => [(point.x - x) / scale, (point.y - y) / scale];
    expect(under(after)[0]).toBeCloseTo(under(before)[0] ?? 0, 9);
    expect(under(after)[1]).toBeCloseTo(under(before)[1] ?? 0, 9);
  });

  it("stays between fitted and the most", () => {
    expect(zoomedTo({ scale: 2, x: 9, y: 9 }, 0.5, { x: 0, y: 0 })).toEqual(FITTED);
    expect(zoomedTo(FITTED, 1000, { x: 0, y: 0 }).scale).toBe(MOST_ZOOM);
  });

  it("moves no further than the picture reaches", () => {
    expect(panned({ scale: 2, x: 0, y: 0 }, { x: 10_000, y: -10_000 }, stage)).toEqual({
      scale: 2,
      x: 400,
      y: -300,
    });
    expect(panned(FITTED, { x: 50, y: 50 }, stage)).toEqual(FITTED);
  });

  it("answers to its keys and leaves others alone", () => {
    const key = (name: string, shiftKey = false) => zoomOfKey({ key: name, shiftKey }, stage);
    expect(key("+")?.(FITTED).scale).toBe(1.5);
    expect(key("0")?.({ scale: 4, x: 1, y: 1 })).toEqual(FITTED);
    expect(key("-")?.({ scale: 1.2, x: 1, y: 1 })).toEqual(FITTED);
    expect(key("ArrowRight", true)?.({ scale: 2, x: 0, y: 0 }).x).toBeLessThan(0);
    expect([key("ArrowRight"), key("x")]).toEqual([undefined, undefined]);
  });
});
