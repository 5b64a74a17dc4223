import { expect, it } from "vitest";
import { createFinding } from "./finding.ts";

const numbers = Array.from({ length: 5000 }, (_, index) => index);
const isEven = (number: number) => number % 2 === 0;

it("stops when enough was found, goes on where it was, and keeps what it answered", () => {
  const finding = createFinding(numbers, isEven);
  expect(finding.goOn(() => true, 300)).toBe(false);
  const first = finding.found();
  expect(first.slice(0, 3)).toEqual([0, 2, 4]);
  expect(first.length).toBeGreaterThanOrEqual(300);
  expect(first.length).toBeLessThan(1000);
  expect(finding.found()).toBe(first);
  expect(finding.goOn(() => true, Infinity)).toBe(true);
  expect(finding.found()).toEqual(numbers.filter(isEven));
  expect(finding.found().slice(0, first.length)).toEqual(first);
});

it("leaves when its time is over, whatever it found", () => {
  const finding = createFinding(numbers, () => false);
  let looks = 0;
  expect(finding.goOn(() => (looks += 1) <= 3, 1)).toBe(false);
  expect(looks).toBe(4);
  expect(finding.goOn(() => true, 1)).toBe(true);
  expect([finding.isWhole(), finding.found()]).toEqual([true, []]);
});
