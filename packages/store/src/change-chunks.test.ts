import { COLLECTION_NAMES } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { changeChunks } from "./change-chunks.ts";
import { changeText } from "./core/change-text.ts";
import type { StoredChange } from "./store.ts";

function change(at: number, more: Partial<StoredChange> = {}): StoredChange {
  const record = { id: `job-${at}`, prompt: `a quiet harbour, å ñ 日本 ${"p".repeat(at % 700)}` };
  return {
    seq: at,
    collection: "jobs",
    id: `job-${at}`,
    op: "update",
    json: JSON.stringify(record),
    conflict: undefined,
    ...more,
  };
}

function piecesOf(changes: readonly StoredChange[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (const piece of changeChunks(changes)) pieces.push(Buffer.from(piece));
  return pieces;
}

function parsed(changes: readonly StoredChange[]): unknown {
  return JSON.parse(`[${Buffer.concat(piecesOf(changes)).toString()}]`);
}

describe("changes as bytes", () => {
  it("hold what the changes hold, in their order", () => {
    const changes = Array.from({ length: 500 }, (_, at) => change(at));
    expect(parsed(changes)).toEqual(
      changes.map(({ seq, collection, id, op, json }) => {
        const record: unknown = JSON.parse(json ?? "null");
        return { seq, collection, id, op, record };
      }),
    );
  });

  it("are byte by byte what the text of each change is", () => {
    const seqs = [0, 9, 10, 99, 100, 1e9, 123_456_789_012, 1e15 - 1, 1e15, Number.MAX_SAFE_INTEGER];
    const ops = ["create", "update", "delete", "restore", "purge"] as const;
    const changes = COLLECTION_NAMES.flatMap((collection) =>
      ops.flatMap((op) => seqs.map((seq) => change(seq % 1000, { seq, collection, op, id: `a.b_c~${seq}` }))),
    );
    expect(Buffer.concat(piecesOf(changes)).toString()).toBe(changes.map(changeText).join(","));
  });

  it("leave out the record of a tombstone, and tell a conflict", () => {
    const conflict = { lost: { prompt: 'said "no"' } };
    const changes = [change(1, { op: "purge", json: undefined }), change(2, { conflict })];
    expect(parsed(changes)).toMatchObject([
      { seq: 1, op: "purge" },
      { seq: 2, conflict },
    ]);
    expect(parsed(changes.slice(0, 1))).not.toHaveProperty(["0", "record"]);
  });

  it("come in pieces of bounded size, and none for nothing", () => {
    const pieces = piecesOf(Array.from({ length: 500 }, (_, at) => change(at)));
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(16_384);
    expect(piecesOf([])).toEqual([]);
  });

  it("take a change of any length, first, last or between", () => {
    const long = (at: number) => change(at, { json: JSON.stringify({ prompt: "日".repeat(40_000) }) });
    for (const changes of [
      [long(1), change(2)],
      [change(1), long(2), change(3)],
      [change(1), long(2), long(3)],
    ]) {
      expect(parsed(changes)).toMatchObject(changes.map(({ seq }) => ({ seq })));
    }
  });
});
