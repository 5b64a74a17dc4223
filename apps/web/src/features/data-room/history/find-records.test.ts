import { describe, expect, it } from "vitest";
import { findRecords, type KnownRecord } from "./find-records.ts";

const at = (minute: number) => `2026-11-21T12:${String(minute).padStart(2, "0")}:00.000Z`;
const known: readonly KnownRecord[] = [
  { collection: "styles", record: { id: "style-1", name: "Ink wash", updatedAt: at(1) } },
  {
    collection: "contents",
    record: { id: "content-2", prompt: "a wash of ink", updatedAt: at(3), deletedAt: at(4) },
  },
  { collection: "styles", record: { id: "style-3", name: "Oil", updatedAt: at(2) } },
];

describe("findRecords", () => {
  it("finds by all words of the name, last changed first, the trash too", () => {
    expect(findRecords(known, "wash INK", 10)).toMatchObject([
      { id: "content-2", isInTrash: true },
      { id: "style-1", isInTrash: false },
    ]);
  });

  it("finds by id, and takes no more than it is asked for", () => {
    expect(findRecords(known, "style-3", 10)).toMatchObject([{ id: "style-3", name: "“Oil”" }]);
    expect(findRecords(known, "", 2)).toHaveLength(2);
  });

  it("offers an id that is not here to the history, by its prefix", () => {
    expect(findRecords(known, "style-99", 10)).toEqual([
      { collection: "styles", id: "style-99", name: "style-99", isInTrash: false },
    ]);
    expect(findRecords(known, "no such words", 10)).toEqual([]);
  });
});
