import type { Job } from "@safelight/shared";
import { expect, it } from "vitest";
import { chargedBetween } from "./charged-between.ts";

const job = (createdAt: string, usd?: number): Pick<Job, "createdAt" | "charge"> => ({
  createdAt,
  charge: usd === undefined ? { state: "unknown" } : { state: "reported", usd },
});

it("adds up what is within, whatever the order; a charge that nobody knows adds nothing", () => {
  const jobs = [
    job("2026-11-21T23:59:59.999Z", 1),
    job("2026-11-22T00:00:00.000Z", 8),
    job("2026-11-20T23:59:59.999Z", 16),
    job("2026-11-21T00:00:00.000Z", 2),
    job("2026-11-21T12:00:00.000Z"),
  ];
  const [start, end] = [new Date("2026-11-21T00:00:00Z"), new Date("2026-11-22T00:00:00Z")];
  expect(chargedBetween(jobs, start, end)).toBe(3);
  expect(chargedBetween([], start, end)).toBe(0);
});
