import { describe, expect, it } from "vitest";
import { dayName } from "./day.ts";
import { findByWords } from "./find-by-words.ts";
import { counted, formatBytes, formatClock, formatSeconds, formatUsd } from "./format.ts";
import { timeLeftWords } from "./time-left.ts";

describe("formats", () => {
  it("writes counts, money, times and sizes as people read them", () => {
    expect(counted(1, "picture")).toBe("1 picture");
    expect(counted(1284, "picture")).toBe("1,284 pictures");
    expect([0, 0.035, 0.0042, 1.5, 41.2].map(formatUsd)).toEqual([
      "$0",
      "$0.035",
      "$0.0042",
      "$1.50",
      "$41.20",
    ]);
    expect([9, 252, 3730].map(formatClock)).toEqual(["0:09", "4:12", "1:02:10"]);
    expect([0.42, 6.1, 31, 252].map(formatSeconds)).toEqual(["0.4 s", "6.1 s", "31 s", "4 min 12 s"]);
    expect([812, 48_200, 3_400_000, 2e9].map(formatBytes)).toEqual(["812 B", "48 KB", "3.4 MB", "2.0 GB"]);
  });

  it("names days by how near they are", () => {
    const now = new Date(2026, 2, 1, 9);
    expect(dayName(new Date(2026, 2, 1, 1), now)).toBe("Today");
    expect(dayName(new Date(2026, 1, 28, 23), now)).toBe("Yesterday");
    expect(dayName(new Date(2026, 1, 20), now)).toBe("Friday 20 February");
    expect(dayName(new Date(2025, 4, 3), now)).toBe("3 May 2025");
  });

  it("tells the time left once the rate says something", () => {
    const job = { status: "running", startTime: 0 } as const;
    expect(timeLeftWords({ ...job, progress: 0.5 }, 6000)).toBe("about 6 s left");
    expect(timeLeftWords({ ...job, progress: 0.01 }, 6000)).toBe("");
    expect(timeLeftWords({ status: "queued", progress: 0.5 }, 6000)).toBe("");
  });
});

describe("findByWords", () => {
  it("finds items with every word, in their order, up to a limit", () => {
    const items = ["A fox in a library", "a library", "the Fox library", "fox"];
    expect(findByWords(items, "fox LIB", (item) => item, 5)).toEqual([items[0], items[2]]);
    expect(findByWords(items, "  ", (item) => item, 2)).toEqual(items.slice(0, 2));
  });
});
