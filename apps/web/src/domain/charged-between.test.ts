import type { Job } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { chargedBetween } from "./charged-between.ts";

const job = (createdAt: string, usd?: number): Pick<Job, "createdAt" | "charge"> => ({
  createdAt,
  charge: usd === undefined ? { state: "unknown" } : { state: "reported", usd },
});
const [start, end] = [new Date("2026-11-21T00:00:00Z"), new Date("2026-11-22T00:00:00Z")];

describe("what was charged between two moments", () => {
  it("adds up what is within, whatever the order; a charge that nobody knows adds nothing", () => {
    const jobs = [
      job("2026-11-21T23:59:59.999Z", 1),
      job("2026-11-22T00:00:00.000Z", 8),
      job("2026-11-20T23:59:59.999Z", 16),
      job("2026-11-21T00:00:00.000Z", 2),
      job("2026-11-21T12:00:00.000Z"),
    ];
    expect(chargedBetween(jobs, start, end)).toBe(3);
    expect(chargedBetween([], start, end)).toBe(0);
  });

  it("is the same of jobs that are known to be newest first, and nothing of those before", () => {
    const jobs = [
      job("2026-11-22T00:00:00.000Z", 8),
      job("2026-11-21T23:00:00.000Z", 1),
      job("2026-11-21T12:00:00.000Z"),
      job("2026-11-21T00:00:00.000Z", 2),
      job("2026-11-20T23:00:00.000Z", 4),
    ];
    expect(chargedBetween(jobs, start, end, { isNewestFirst: true })).toBe(3);
    const before = [new Date("2026-11-19T00:00:00Z"), new Date("2026-11-20T00:00:00Z")] as const;
    expect(chargedBetween(jobs, ...before, { isNewestFirst: true })).toBe(0);
  });

  it("looks at no job that is older, where the newest are first", () => {
    const older = {
      createdAt: "2026-11-20T01:00:00.000Z",
      get charge(): never {
        throw new Error("An older job was looked at.");
      },
    };
    const jobs = [job("2026-11-21T01:00:00.000Z", 2), older, older];
    expect(chargedBetween(jobs, start, end, { isNewestFirst: true })).toBe(2);
  });
});
