import { expect, it } from "vitest";
import { conflictSides, writerWords } from "./conflict-sides.ts";

const at = "2026-03-10T12:00:00.000Z";
const versions = [
  { seq: 9, at, by: "client:b", fields: ["name"], record: { name: "here" } },
  { seq: 7, at, by: "client:a", fields: ["name"], record: { name: "there" } },
  { seq: 3, at, by: "http", fields: ["name"], record: { name: "first" } },
];

it("finds who wrote the value that won and the one that gave way", () => {
  const sides = conflictSides({ seq: 9, lost: { name: "there" } }, { name: "here" }, versions);
  expect(sides).toEqual([
    {
      field: "name",
      won: { value: "here", by: versions[0] },
      lost: { value: "there", by: versions[1] },
    },
  ]);
});

it("shows both values when the history cannot be asked", () => {
  expect(conflictSides({ seq: 9, lost: { title: null } }, { title: "kept" }, [])).toEqual([
    { field: "title", won: { value: "kept" }, lost: { value: null } },
  ]);
});

it.each([
  ["client:1", "a browser"],
  ["client:01890000-0000-7000-8000-000000000001 Firefox on Linux", "Firefox on Linux"],
  ["http", "a script"],
  ["history", "going back in the history"],
  ["runner", "the studio"],
])("says who %s is", (by, words) => {
  expect(writerWords(by)).toBe(words);
});
