import { expect, test } from "vitest";
import type { UploadRow } from "../ports.ts";
import type { OutboxRow } from "./outbox-row.ts";
import { planPush, type PushPlan } from "./plan-push.ts";

const SHA = "a".repeat(64);

function row(
  n: number,
  rest: Partial<OutboxRow> & { readonly id?: string; readonly sha?: string } = {},
): OutboxRow {
  const { id = `content-${n}`, sha, ...fields } = rest;
  const set = sha === undefined ? {} : { set: { blob: { sha256: sha } } };
  return {
    n,
    mutation: { collection: "contents", id, op: "create", ...set },
    atMs: 0,
    sent: false,
    ...fields,
  };
}

function plan(rows: OutboxRow[], uploads: UploadRow[] = [], limit = 500): PushPlan {
  const byHash = new Map(uploads.map((upload) => [upload.sha256, upload]));
  return planPush({ rows, uploads: byHash, nextN: 100, nowMs: 0, limit });
}

const numbers = (rows: readonly OutboxRow[]) => rows.map(({ n }) => n);
const upload = { sha256: SHA, sizeBytes: 1 };

test("Y37: rows go in order of `n`; acknowledged ones do not go", () => {
  const rows = [row(1, { acked: { epoch: "e", seq: 1 } }), row(2, { sent: true }), row(3)];
  expect(numbers(plan(rows).send)).toEqual([2, 3]);
});

test("Y37 Y71: a row that waits for its bytes is overtaken under a new number, with the rows of its record", () => {
  const rows = [row(1, { id: "content-a", sha: SHA }), row(2, { id: "content-a" }), row(3)];
  const { send, renumber, nextN } = plan(rows, [upload]);
  expect(numbers(send)).toEqual([3]);
  expect(renumber.map(({ from, row: moved }) => [from, moved.n])).toEqual([
    [1, 100],
    [2, 101],
  ]);
  expect(nextN).toBe(102);
});

test("Y71: without anything to let pass, a waiting row keeps its number", () => {
  expect(plan([row(1), row(2, { sha: SHA })], [upload])).toMatchObject({ renumber: [], nextN: 100 });
});

test("Y41: what was sent to a studio that lost the bytes is not overtaken", () => {
  expect(plan([row(1, { sent: true, sha: SHA }), row(2)], [upload])).toMatchObject({
    send: [],
    renumber: [],
  });
});

test("Y73: a row whose bytes are refused is set apart", () => {
  const refused = { ...upload, refused: { code: "blob.too-large", message: "" } };
  const result = plan([row(1, { sha: SHA }), row(2)], [refused]);
  expect(numbers(result.refused.map((entry) => entry.row))).toEqual([1]);
  expect(numbers(result.send)).toEqual([2]);
});

test("Y12: a held row waits, unless one behind it is ready", () => {
  const held = row(1, { holdUntilMs: 200 });
  expect(plan([held])).toMatchObject({ send: [], waitMs: 200 });
  expect(numbers(plan([held, row(2)]).send)).toEqual([1, 2]);
});

test("Y36: the limit isolates", () => {
  expect(numbers(plan([row(1), row(2)], [], 1).send)).toEqual([1]);
});

test("a push stays below the size of a request, and one large row still goes", () => {
  const large = row(1);
  const rows = [1, 2, 3].map((n) => ({
    ...large,
    n,
    mutation: { ...large.mutation, set: { prompt: "x".repeat(300_000) } },
  }));
  expect(numbers(plan(rows).send)).toEqual([1]);
});
