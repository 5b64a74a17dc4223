import { RecordId } from "@safelight/shared";
import { Value } from "@sinclair/typebox/value";
import { describe, expect, it } from "vitest";
import { contentIdOf } from "./content-id.ts";

const job = { id: "job-1", createdAt: "2026-01-31T12:00:00.000Z" };

describe("the id of a result", () => {
  it("is the same each time, and another for each job and index", () => {
    expect(contentIdOf(job, 0)).toBe(contentIdOf({ ...job }, 0));
    const ids = [contentIdOf(job, 0), contentIdOf(job, 1), contentIdOf({ ...job, id: "job-2" }, 0)];
    expect(new Set(ids).size).toBe(3);
    // The last characters name the readable file.
    expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(3);
    for (const id of ids) expect(Value.Check(RecordId, id)).toBe(true);
  });

  it("sorts by the job's time, then by the index", () => {
    const later = { id: "job-0", createdAt: "2026-01-31T12:00:00.001Z" };
    const ids = [...Array.from({ length: 16 }, (_, index) => contentIdOf(job, index)), contentIdOf(later, 0)];
    expect(ids.toSorted()).toEqual(ids);
  });
});
