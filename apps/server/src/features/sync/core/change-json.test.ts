import type { StoredChange } from "@safelight/store";
import { expect, it } from "vitest";
import { changesPageBytes } from "./change-json.ts";

function change(seq: number, name: string): StoredChange {
  const id = `style-${seq}`;
  const json = JSON.stringify({ id, rev: 1, name });
  return { seq, collection: "styles", id, op: "update", json, conflict: undefined };
}

const cursor = { epoch: "e", seq: 9 };
const purged: StoredChange = { ...change(3, ""), op: "purge", json: undefined };
const disputed: StoredChange = { ...change(4, "theirs"), conflict: { lost: { name: "mine ".repeat(200) } } };

it.each([
  ["no change", []],
  ["plain text", [change(1, "Noir"), change(2, "Ink")]],
  [
    "text that takes three bytes a letter",
    Array.from({ length: 300 }, (_, at) => change(at + 1, "鉛筆画".repeat(300))),
  ],
  ["a tombstone and a conflict", [purged, disputed]],
  ["a record longer than a piece", [change(1, "é".repeat(40_000)), change(2, "Ink")]],
])("makes a page of %s", (_what, changes) => {
  const page = JSON.parse(changesPageBytes(cursor, changes, true).toString()) as {
    changes: { seq: number; record?: { name: string } }[];
  };
  expect(page).toMatchObject({ cursor: "e:9", more: true });
  expect(page.changes.map(({ seq }) => seq)).toEqual(changes.map(({ seq }) => seq));
  expect(page.changes.map(({ record }) => record)).toEqual(
    changes.map(({ json }) => (json === undefined ? undefined : JSON.parse(json))),
  );
});
