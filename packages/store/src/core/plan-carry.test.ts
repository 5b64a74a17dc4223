import { expect, it } from "vitest";
import type { Entry } from "./entry.ts";
import { carriedLines } from "./plan-carry.ts";
import { createStoreState } from "./store-state.ts";

const HOME = "styles.json";

function entryAt(seq: number, id: string, json: string | undefined): Entry {
  const op = json === undefined ? "purge" : "update";
  return {
    seq,
    collection: "styles",
    id,
    op,
    json,
    conflict: undefined,
    home: HOME,
    isChecked: true,
    superseded: false,
    parsed: undefined,
  };
}

/** A state in which each commit changes these records, numbered from 1; `undefined` purges. */
function stateAfter(...commits: readonly Readonly<Record<string, string | undefined>>[]) {
  const state = createStoreState();
  for (const commit of commits) applyTo(state, commit);
  return state;
}

function applyTo(
  state: ReturnType<typeof createStoreState>,
  commit: Readonly<Record<string, string | undefined>>,
) {
  const seq = state.seq + 1;
  const entries = Object.entries(commit).map(([id, json]) => entryAt(seq, id, json));
  const replaced = entries.map(({ id }) => state.entry("styles", id));
  state.apply({ seq, at: "2026-01-01T00:00:00.000Z", entries, replaced, counters: [], mark: undefined });
}

const request = (to: number, floors: Readonly<Record<string, number>> = {}) => ({
  to,
  floors,
  clientsDocument: "clients.json",
  tombstonesDocument: "tombstones.json",
  at: "2026-01-02T00:00:00.000Z",
});

/** What lines say, without the head at both ends: `seq` and, for each change, the id and the record. */
function said(lines: readonly string[]) {
  return lines.slice(1, -1).map((line) => {
    const { seq, changes } = JSON.parse(line);
    return [seq, ...changes.map(({ id, record }: { id: string; record?: unknown }) => [id, record])];
  });
}

const text = (value: number) => JSON.stringify({ value });

it("S81 holds the latest states up to a commit in order, those of one commit in one line", () => {
  const state = stateAfter(
    { a: text(1), b: text(1) },
    { a: text(2) },
    { c: text(3), d: text(3) },
    { d: undefined },
    { e: text(5) },
  );
  expect(said([...carriedLines(state, request(4))])).toEqual([
    [1, ["b", { value: 1 }]],
    [2, ["a", { value: 2 }]],
    [3, ["c", { value: 3 }]],
    [4, ["d", undefined]],
  ]);
});

it("S81 leaves out what a document and its older version hold, and of tombstones what their document holds too", () => {
  const state = stateAfter({ a: text(1) }, { b: text(2) }, { b: undefined }, { c: text(4) });
  const idsOf = (floors: Readonly<Record<string, number>>) =>
    said([...carriedLines(state, request(4, floors))]).map(([seq]) => seq);
  expect(idsOf({ [HOME]: 3 })).toEqual([3, 4]);
  expect(idsOf({ [HOME]: 3, "tombstones.json": 3 })).toEqual([4]);
});

it("S81 leaves to later segments what changes while the lines are asked for", () => {
  const state = stateAfter({ a: text(1) }, { b: text(2), c: text(2) }, { d: text(3) });
  const lines: string[] = [];
  for (const line of carriedLines(state, request(3))) {
    lines.push(line);
    // The head has been asked for.
    if (lines.length === 1) applyTo(state, { b: text(4), e: text(4) });
  }
  expect(said(lines)).toEqual([
    [1, ["a", { value: 1 }]],
    [2, ["c", { value: 2 }]],
    [3, ["d", { value: 3 }]],
  ]);
});
