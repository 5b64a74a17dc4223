import type { AnyRecord } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { searchFilter } from "./search-filter.ts";

const record: AnyRecord = {
  id: "content-1",
  rev: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  prompt: 'A "quoted" \\ Lighthouse\nat ΟΔΟΣ, Straße, İstanbul 🌙',
  tags: ["Night", "sea"],
  star: true,
  steps: 20,
  config: { sampler: "euler" },
};

function fits(search: string): boolean {
  const filter = searchFilter(search);
  const fitting = filter.fits(record);
  // Ruling a record out by its text must never lose one that fits.
  expect(filter.mayFit(JSON.stringify(record)) || !fitting).toBe(true);
  return fitting;
}

describe("searchFilter", () => {
  it.each([
    "lighthouse",
    "LIGHT",
    '"quoted" \\',
    "house\nat",
    "οδος",
    "ΟΔΟΣ",
    "straße",
    "İstanbul",
    "🌙",
    "night",
  ])("finds %j", (search) => {
    expect(fits(search)).toBe(true);
  });

  it.each(["dusk", "euler", "tags", "strasse"])("does not find %j", (search) => {
    expect(fits(search)).toBe(false);
  });

  it("rules out by the text alone what does not have it", () => {
    expect(searchFilter("dusk").mayFit(JSON.stringify(record))).toBe(false);
  });
});
