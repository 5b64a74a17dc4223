import {
  type AnyRecord,
  type ChangesPage,
  isCollectionName,
  isJsonObject,
  type SnapshotLine,
} from "@safelight/shared";
import { createMemoryStore, type PlannedStep, type Store } from "@safelight/store";
import fc from "fast-check";
import { expect, test } from "vitest";
import { snapshotLines } from "./core/snapshot-lines.ts";
import { readChanges } from "./read-changes.ts";

const RUNS = Number(process.env["SYNC_FUZZ_RUNS"] ?? 1500);
const IDS = ["style-a", "style-b", "style-c", "style-d", "style-e", "style-f"] as const;

/** What happens next: somebody writes, or a reader reads on. */
const event = fc.oneof(
  fc.record({
    kind: fc.constant("write" as const),
    steps: fc.array(
      fc.record({
        id: fc.constantFrom(...IDS),
        op: fc.constantFrom("set", "set", "set", "delete", "restore", "purge"),
        value: fc.nat(1e6),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({ kind: fc.constant("page" as const), limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant("line" as const), lines: fc.integer({ min: 1, max: 3 }) }),
);

/** A client of the feed: records as it knows them. */
interface Reader {
  cursor: string | undefined;
  readonly records: Map<string, AnyRecord>;
}

async function write(
  store: Store,
  steps: readonly { id: string; op: string; value: number }[],
): Promise<void> {
  await store.commit({
    by: "fuzz",
    actor: "server",
    atomicity: "each",
    steps: steps.map(({ id, op, value }): PlannedStep => {
      const target = { collection: "styles", id } as const;
      if (op === "purge" || op === "delete" || op === "restore") return { ...target, op };
      const set = { name: `name ${value}` };
      return { ...target, op: store.get("styles", id) === undefined ? "create" : "update", set };
    }),
  });
}

function take(reader: Reader, page: ChangesPage): void {
  for (const { collection, id, record } of page.changes) {
    if (record === undefined) reader.records.delete(`${collection}/${id}`);
    else reader.records.set(`${collection}/${id}`, record as AnyRecord);
  }
  reader.cursor = page.cursor;
}

function readPage(store: Store, reader: Reader, limit: number): ChangesPage {
  const page = JSON.parse(readChanges(store, reader.cursor, limit).toString()) as ChangesPage;
  take(reader, page);
  return page;
}

function readToTheEnd(store: Store, reader: Reader): void {
  while (readPage(store, reader, 2).more) continue;
}

/** Lines of a snapshot, one at a time, however long that takes. */
function* linesOf(store: Store): Generator<SnapshotLine> {
  for (const chunk of snapshotLines(store.snapshot())) {
    for (const text of chunk.trimEnd().split("\n")) {
      const line: unknown = JSON.parse(text);
      if (isJsonObject(line)) yield line as unknown as SnapshotLine;
    }
  }
}

function truth(store: Store): ReadonlyMap<string, AnyRecord> {
  return new Map([...store.scan("styles")].map((record) => [`styles/${record.id}`, record as AnyRecord]));
}

test("Y63 Y65: pages and snapshots that are read while others write end in what the studio holds", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), async (events) => {
      const store = createMemoryStore();
      const paging: Reader = { cursor: undefined, records: new Map() };
      const streaming: Reader = { cursor: undefined, records: new Map() };
      const lines = linesOf(store);
      for (const happens of events) {
        if (happens.kind === "write") await write(store, happens.steps);
        else if (happens.kind === "page") readPage(store, paging, happens.limit);
        else {
          for (let count = 0; count < happens.lines; count += 1) takeLine(streaming, lines.next().value);
        }
      }
      for (const line of lines) takeLine(streaming, line);
      streaming.cursor ??= paging.cursor;
      readToTheEnd(store, paging);
      readToTheEnd(store, streaming);
      expect(paging.records).toEqual(truth(store));
      expect(streaming.records).toEqual(truth(store));
      const fresh: Reader = { cursor: undefined, records: new Map() };
      for (const line of linesOf(store)) takeLine(fresh, line);
      expect(fresh.records).toEqual(paging.records);
      await store.close();
    }),
    { numRuns: RUNS },
  );
}, 120_000);

function takeLine(reader: Reader, line: SnapshotLine | undefined | void): void {
  if (line === undefined) return;
  if (line.type === "head") reader.cursor = line.cursor;
  else if (line.type === "record" && isCollectionName(line.collection)) {
    const record = line.record as AnyRecord;
    reader.records.set(`${line.collection}/${record.id}`, record);
  }
}

test("Y59: the studio gone back to a moment is as it was, and gone back from there as it is", async () => {
  const steps = fc.array(
    fc.record({
      id: fc.constantFrom(...IDS),
      op: fc.constantFrom("set", "set", "delete", "restore"),
      value: fc.nat(1e6),
    }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 15 }), fc.nat(), async (commits, dice) => {
      const store = createMemoryStore();
      const moments = new Map<number, ReadonlyMap<string, AnyRecord>>();
      for (const commit of commits) {
        await write(store, commit);
        moments.set(store.cursor().seq, truth(store));
      }
      const present = store.cursor().seq;
      const places = [...moments.keys()];
      const past = places[dice % places.length] ?? present;
      for (const seq of [past, present]) {
        await store.history.rewind({ to: { seq }, by: "fuzz" });
        expect(plain(live(truth(store)))).toEqual(plain(live(moments.get(seq) ?? new Map())));
      }
      await store.close();
    }),
    { numRuns: RUNS },
  );
}, 120_000);

function live(records: ReadonlyMap<string, AnyRecord>): ReadonlyMap<string, AnyRecord> {
  return new Map([...records].filter(([, { deletedAt }]) => deletedAt === undefined));
}

/** Without what goes on when a record goes back. */
function plain(records: ReadonlyMap<string, AnyRecord>): ReadonlyMap<string, object> {
  return new Map([...records].map(([key, record]) => [key, { ...record, rev: 0, updatedAt: "" }]));
}
