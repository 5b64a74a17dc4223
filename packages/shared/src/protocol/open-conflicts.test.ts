import { expect, it } from "vitest";
import type { Change } from "./change.ts";
import { createOpenConflicts } from "./open-conflicts.ts";

function change(
  seq: number,
  record: Change["record"],
  lost?: NonNullable<Change["conflict"]>["lost"],
): Change {
  const conflict = lost === undefined ? {} : { conflict: { lost } };
  return {
    seq,
    collection: "styles",
    id: "a",
    op: "update",
    ...(record === undefined ? {} : { record }),
    ...conflict,
  };
}

function after(...changes: Change[]) {
  const open = createOpenConflicts();
  open.note(changes);
  return (seq: number) => open.since("styles", "a", seq);
}

it("tells a conflict to whoever was there before it, whatever else has changed in the record since", () => {
  const since = after(change(5, { name: "won" }, { name: "lost" }), change(6, { name: "won", icon: "x" }));
  expect(since(4)).toEqual({ lost: { name: "lost" }, seq: 5 });
  expect(since(5)).toBeUndefined();
});

it("joins several, and lets what lost first stand for a field", () => {
  const since = after(
    change(5, { name: "b", icon: "x" }, { name: "a" }),
    change(6, { name: "b", icon: "y" }, { icon: "x" }),
  );
  expect(since(0)).toEqual({ lost: { name: "a", icon: "x" }, seq: 6 });
  expect(since(5)).toEqual({ lost: { icon: "x" }, seq: 6 });
});

it("tells of no field that has moved on since, and of no record that is no more", () => {
  const first = change(5, { name: "b", icon: "y" }, { name: "a", icon: null });
  expect(after(first, change(6, { name: "c", icon: "y" }))(0)).toEqual({ lost: { icon: null }, seq: 5 });
  expect(after(first, change(6, { name: "c" }))(0)).toBeUndefined();
  expect(after(first, change(6, undefined))(0)).toBeUndefined();
});

it("keeps an edit of a record in the trash until it is out of it", () => {
  const trashed = change(5, { name: "b", deletedAt: "2026-01-01T00:00:00.000Z" }, {});
  expect(after(trashed)(4)).toEqual({ lost: {}, seq: 5 });
  expect(after(trashed, change(6, { name: "b" }))(4)).toBeUndefined();
});

it("takes in one from before as far as the record still is as it was left", () => {
  const open = createOpenConflicts();
  open.note([change(9, { name: "b", icon: "z" }, { icon: "y" })]);
  const now = { name: "b", icon: "z" };
  open.recall(change(5, { name: "b", icon: "x" }, { name: "a", icon: "w" }), now);
  open.recall(change(6, { name: "c" }, { name: "b" }), now);
  open.recall(change(7, { name: "b" }, { name: "c" }), undefined);
  expect(open.since("styles", "a", 0)).toEqual({ lost: { name: "a", icon: "y" }, seq: 9 });
  expect(open.since("styles", "a", 5)).toEqual({ lost: { icon: "y" }, seq: 9 });
});
