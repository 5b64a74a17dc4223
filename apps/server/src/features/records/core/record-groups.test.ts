import type { AnyRecord } from "@safelight/shared";
import { expect, it } from "vitest";
import { createRecordGroups } from "./record-groups.ts";

function record(id: string, fields: Partial<AnyRecord>): AnyRecord {
  const at = "2026-01-01T00:00:00.000Z";
  return { id, rev: 1, createdAt: at, updatedAt: at, ...fields };
}

it("finds records by what several fields hold together, under any writes", () => {
  const groups = createRecordGroups(
    ["status", "star"],
    [
      record("a", { status: "queued", star: true }),
      record("b", { status: "queued", star: true }),
      record("c", { status: "queued" }),
    ],
  );
  const found = () =>
    [["queued", true] as const, ["queued", null] as const, ["failed", true] as const].map((values) =>
      [...groups.find(values)].join(""),
    );
  expect(found()).toEqual(["ab", "c", ""]);
  groups.put(record("a", { status: "failed", star: true }));
  groups.put(record("c", { status: "queued", star: true }));
  groups.put(record("c", { status: "queued", star: true, prompt: "another" }));
  groups.remove("never there");
  expect(found()).toEqual(["bc", "", "a"]);
  groups.remove("b");
  expect(found()).toEqual(["c", "", "a"]);
});

it("tells text from what looks like it", () => {
  const groups = createRecordGroups(["value"], [record("a", { value: "1" }), record("b", { value: 1 })]);
  expect([...groups.find(["1"])]).toEqual(["a"]);
  expect([...groups.find([1])]).toEqual(["b"]);
  expect([...groups.find([null])]).toEqual([]);
});
