import { expect, it } from "vitest";
import { edgeSpeed } from "./edge-speed.ts";

const view = { top: 100, bottom: 700 };

it("does not scroll away from the edges, and ever faster towards and beyond them", () => {
  expect(edgeSpeed(400, view)).toBe(0);
  expect(edgeSpeed(690, view)).toBeGreaterThan(0);
  expect(edgeSpeed(720, view)).toBeGreaterThan(edgeSpeed(690, view));
  expect(edgeSpeed(110, view)).toBeLessThan(0);
  expect(edgeSpeed(80, view)).toBeLessThan(edgeSpeed(110, view));
});

it("has a highest speed", () => {
  expect(edgeSpeed(9_000, view)).toBe(edgeSpeed(1_200, view));
});
