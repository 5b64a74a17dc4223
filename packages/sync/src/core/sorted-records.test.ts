import type { AnyRecord } from "@safelight/shared";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createSortedRecords } from "./sorted-records.ts";

function record(id: number, at: number): AnyRecord {
  const time = `2026-01-01T00:00:${String(at).padStart(2, "0")}.000Z`;
  return { id: `r${id}`, rev: 1, createdAt: time, updatedAt: time };
}

test("Y4: whatever changes in whatever steps, the list is what sorting everything would give", () => {
  const change = fc.tuple(fc.nat(30), fc.option(fc.nat(9), { nil: undefined }));
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 40 }), { maxLength: 8 }), (steps) => {
      const records = createSortedRecords((item) => item.createdAt);
      const held = new Map<string, AnyRecord>();
      for (const step of steps) {
        for (const [id, at] of step) {
          const next = at === undefined ? undefined : record(id, at);
          records.set(`r${id}`, next);
          if (next === undefined) held.delete(`r${id}`);
          else held.set(`r${id}`, next);
        }
        const expected = [...held.values()].sort((a, b) =>
          a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1,
        );
        expect(records.list()).toEqual(expected);
      }
    }),
    { numRuns: 200 },
  );
});

test("Y4: a list that was read keeps its identity until something in it changes", () => {
  const records = createSortedRecords((item) => item.createdAt);
  const one = record(1, 1);
  records.set("r1", one);
  const list = records.list();
  records.set("r1", one);
  records.set("r2", undefined);
  expect(records.list()).toBe(list);
  records.set("r2", record(2, 2));
  expect(records.list()).not.toBe(list);
  expect(list).toEqual([one]);
});
