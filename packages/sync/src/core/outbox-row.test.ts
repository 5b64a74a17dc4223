import { expect, test } from "vitest";
import {
  canCoalesce,
  coalesce,
  heldForMs,
  holdUntil,
  type LocalMutation,
  type OutboxRow,
} from "./outbox-row.ts";

function row(mutation: Partial<LocalMutation>, rest: Partial<OutboxRow> = {}): OutboxRow {
  return {
    n: 1,
    mutation: { collection: "styles", id: "style-1", op: "update", ...mutation },
    atMs: 1000,
    sent: false,
    ...rest,
  };
}

const first = row({ set: { name: "a" }, was: { name: "" } });
const next = row({ set: { name: "ab" }, was: { name: "a" } }, { atMs: 1200 });

test("Y12: two quick edits are one row with the first `was` and the last value", () => {
  expect(canCoalesce(first, next)).toBe(true);
  expect(coalesce(first, next)).toMatchObject({ n: 1, mutation: { set: { name: "ab" }, was: { name: "" } } });
});

test("Y12: an edit of another field brings its own `was` along", () => {
  const other = row({ set: { sortKey: "k" }, was: { sortKey: null } }, { atMs: 1100 });
  expect(coalesce(first, other).mutation).toMatchObject({
    set: { name: "a", sortKey: "k" },
    was: { name: "", sortKey: null },
  });
});

test("Y12: an edit is taken into the creation of its record", () => {
  const created = row({ op: "create", set: { name: "a" } });
  expect(coalesce(created, next).mutation).toEqual({
    collection: "styles",
    id: "style-1",
    op: "create",
    set: { name: "ab" },
  });
});

test.each([
  ["was sent", { ...first, sent: true }, next],
  ["was acknowledged", { ...first, acked: { epoch: "e", seq: 1 } }, next],
  ["is a deletion", row({ op: "delete" }), next],
  ["is too old", first, { ...next, atMs: 1300 }],
  ["is of a clock that jumped back", first, { ...next, atMs: 10 }],
  ["was not seen by the edit", first, row({ set: { name: "z" }, was: { name: "" } })],
])("Y12: a row that %s takes nothing in", (_, held, edit) => {
  expect(canCoalesce(held, edit)).toBe(false);
});

test("Y12: a jumped clock holds no row longer than the window", () => {
  expect(holdUntil(undefined, 1000)).toBeUndefined();
  expect(holdUntil(900, 1000)).toBe(1300);
  const held = row({}, { holdUntilMs: 1300 });
  expect(heldForMs(held, 1100)).toBe(200);
  expect(heldForMs(held, 1300)).toBe(0);
  expect(heldForMs(held, -31_536_000_000)).toBe(0);
});
