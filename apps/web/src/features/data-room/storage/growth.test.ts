import { expect, it } from "vitest";
import { growthByDay } from "./growth.ts";

const now = new Date(2026, 10, 21, 12);
const at = (day: number) => new Date(2026, 10, day, 9).toISOString();
const blob = (letter: string, sizeBytes: number) => ({ sha256: letter.repeat(64), sizeBytes });

it("adds up what came on each day, a file once, days without any as zero", () => {
  const arrivals = [
    { createdAt: at(21), blob: blob("a", 10) },
    { createdAt: at(21), blob: blob("b", 5) },
    { createdAt: at(20), blob: blob("a", 10) },
    { createdAt: at(19), blob: blob("c", 7) },
    { createdAt: at(1), blob: blob("d", 100) },
    { createdAt: at(21) },
  ];
  expect(growthByDay(arrivals, now, 3)).toEqual([
    { day: "2026-11-19", addedBytes: 7 },
    { day: "2026-11-20", addedBytes: 0 },
    { day: "2026-11-21", addedBytes: 15 },
  ]);
});
