import { describe, expect, it } from "vitest";
import { opWords, parseDifference, parseVersionsPage } from "./versions.ts";

const at = "2026-11-21T12:00:00.000Z";
const version = {
  seq: 3,
  at,
  by: "http",
  op: "update",
  fields: ["name"],
  record: { id: "style-1", name: "Ink" },
};

describe("versions as the server tells them", () => {
  it("are read with what gave way, and leave out what is none", () => {
    const conflict = { lost: { name: "Wash" } };
    const page = parseVersionsPage({
      items: [{ ...version, conflict }, { seq: "x" }],
      nextBefore: 3,
      oldest: { seq: 0 },
    });
    expect(page.nextBefore).toBe(3);
    expect(page.versions).toEqual([{ ...version, lost: { name: "Wash" } }]);
  });

  it("of a purge have no record", () => {
    const { record: _, ...purge } = { ...version, op: "purge", fields: [] };
    const [first] = parseVersionsPage({ items: [purge] }).versions;
    expect(first?.record).toBeUndefined();
    expect(first && opWords(first)).toBe("Removed for good");
  });

  it("say when an edit met the trash", () => {
    const [first] = parseVersionsPage({ items: [{ ...version, conflict: { lost: {} } }] }).versions;
    expect(first && opWords(first)).toBe("Edited while in the trash");
  });

  it("are refused when the answer is something else", () => {
    expect(() => parseVersionsPage({ entries: [] })).toThrow("cannot be read");
  });

  it("differ field by field, a side absent where the field was", () => {
    expect(
      parseDifference({
        from: 1,
        to: 2,
        fields: { name: { before: "Ink", after: "Wash" }, x: { after: 1 } },
      }),
    ).toEqual([
      { field: "name", before: "Ink", after: "Wash" },
      { field: "x", before: undefined, after: 1 },
    ]);
  });
});
