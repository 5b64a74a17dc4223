import { type AnyRecord, type CollectionName, isJsonObject } from "@safelight/shared";
import { counterKey } from "../core/document-homes.ts";
import type { Entry } from "../core/entry.ts";
import { carriedLines } from "../core/plan-carry.ts";
import { entryOf } from "../core/replay.ts";
import { createStoreState } from "../core/store-state.ts";
import { StoreError } from "../store-error.ts";
import type { FsPort } from "./fs-port.ts";
import { createLineEncoder } from "./journal-codec.ts";
import { JOURNAL_FOLDER, segmentPath } from "./journal-writer.ts";
import { CLIENTS_DOCUMENT, TOMBSTONES_DOCUMENT } from "./load-documents.ts";
import { createNodeFs } from "./node-fs.ts";
import { makeFolders } from "./prepare-folder.ts";
import { writeStudioFile } from "./studio-file.ts";
import { writeAll } from "./write-all.ts";

/** Everything that a studio held at one moment, as it was: revisions, times, numbers and the trash. */
export interface SeedState {
  /** The studio's place then; the next commit takes the one after. */
  readonly seq: number;
  readonly at: string;
  readonly records: AsyncIterable<{ readonly collection: CollectionName; readonly json: string }>;
  readonly counters: readonly {
    readonly collection: CollectionName;
    readonly scope: string;
    readonly value: number;
  }[];
}

const WRITE_LENGTH = 64 * 1024;

/**
 * Makes a data folder that holds a state, in an empty place: `studio.json` without an epoch, so that clients notice at its first start, and
 * a journal that is carried from the beginning. Rejects with `store.unreadable` for a record that has no place, and leaves a part then.
 */
export async function seedDataFolder(dataDir: string, seed: SeedState): Promise<void> {
  const fs = createNodeFs(dataDir);
  await fs.makeFolder(".");
  await makeFolders(fs);
  const state = createStoreState();
  const entries = await entriesOf(seed);
  state.load({
    seq: seed.seq,
    savedAt: seed.at,
    entries,
    tombstones: [],
    tombstoneFloor: seed.seq,
    counters: new Map(
      seed.counters.map(({ collection, scope, value }) => [counterKey(collection, scope), value]),
    ),
    marks: new Map(),
    homes: [],
  });
  if (seed.seq > 0) {
    const documents = { clientsDocument: CLIENTS_DOCUMENT, tombstonesDocument: TOMBSTONES_DOCUMENT };
    await writeSegment(fs, carriedLines(state, { to: seed.seq, floors: {}, at: seed.at, ...documents }));
  }
  await writeStudioFile(fs, undefined, seed.at);
}

/** By `updatedAt`, each gets its share of the places up to `seq`: what changed last stays last, and feeds have pages. */
async function entriesOf({ records, seq }: SeedState): Promise<Map<CollectionName, Map<string, Entry>>> {
  const found: { readonly entry: Entry; readonly updatedAt: string }[] = [];
  for await (const { collection, json } of records) {
    const record: unknown = JSON.parse(json);
    const isRecord = isJsonObject(record) && typeof record["updatedAt"] === "string";
    const op = isRecord && record["deletedAt"] !== undefined ? "delete" : "update";
    const entry = isRecord ? entryOf({ collection, id: record["id"] ?? null, op, record }, seq) : undefined;
    if (entry === undefined) {
      throw new StoreError("store.unreadable", {
        detail: `A record of ${collection} cannot be taken: ${json.slice(0, 120)}`,
      });
    }
    found.push({ entry, updatedAt: (record as AnyRecord).updatedAt });
  }
  found.sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1));
  const entries = new Map<CollectionName, Map<string, Entry>>();
  for (const [at, { entry }] of found.entries()) {
    const inCollection = entries.get(entry.collection) ?? new Map<string, Entry>();
    entries.set(entry.collection, inCollection);
    inCollection.set(entry.id, { ...entry, seq: Math.max(1, Math.ceil(((at + 1) / found.length) * seq)) });
  }
  return entries;
}

async function writeSegment(fs: FsPort, lines: Iterable<string>): Promise<void> {
  const path = segmentPath(1);
  const file = await fs.open(path, "fresh");
  try {
    const encode = createLineEncoder();
    let position = 0;
    let waiting: string[] = [];
    let length = 0;
    const flush = async () => {
      const bytes = encode(waiting);
      await writeAll(file, bytes, position);
      position += bytes.length;
      waiting = [];
      length = 0;
    };
    for (const line of lines) {
      waiting.push(line);
      length += line.length;
      if (length >= WRITE_LENGTH) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  await fs.syncFolder(JOURNAL_FOLDER);
}
