import type { AnyRecord } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { type FilterSpec, recordFilter } from "./record-filter.ts";

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

function fits(spec: Partial<FilterSpec>): boolean {
  const filter = recordFilter({ equals: {}, search: undefined, ...spec });
  if (filter === undefined) return true;
  const fitting = filter.fits(record);
  // Ruling a record out by its text must never lose one that fits.
  expect(filter.mayFit(JSON.stringify(record)) || !fitting).toBe(true);
  return fitting;
}

describe("recordFilter", () => {
  it("is none when nothing is asked for", () => {
    expect(recordFilter({ equals: {}, search: undefined })).toBeUndefined();
  });

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
    expect(fits({ search })).toBe(true);
  });

  it.each(["dusk", "euler", "tags", "strasse"])("does not find %j", (search) => {
    expect(fits({ search })).toBe(false);
  });

  it.each([
    [{ star: true }, true],
    [{ star: false }, false],
    [{ steps: 20, star: true }, true],
    [{ steps: 2 }, false],
    [{ id: "content-1" }, true],
    [{ id: "content" }, false],
    [{ sampler: "euler" }, false],
    [{ title: "none" }, false],
  ])("of %j says %s", (equals, expected) => {
    expect(fits({ equals })).toBe(expected);
  });

  it("rules out by the text alone what does not have the value", () => {
    const filter = recordFilter({ equals: { steps: 2 }, search: "dusk" });
    expect(filter?.mayFit(JSON.stringify(record))).toBe(false);
  });
});
