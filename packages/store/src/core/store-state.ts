import { COLLECTION_NAMES, type CollectionName } from "@safelight/shared";
import type { StoredChange, StoredChangesPage, StoredRecord } from "../store.ts";
import { createChangeIndex } from "./change-index.ts";
import type { ClientMark } from "./client-mark.ts";
import { DOCUMENT_FAMILIES } from "./document-homes.ts";
import type { Entry } from "./entry.ts";

/** What one commit does to the state, decided in full before it is written. */
export interface CommitEffect {
  readonly seq: number;
  readonly at: string;
  readonly entries: readonly Entry[];
  /** For each of `entries`, the record's state just before it: of the commits before, or of this one. */
  readonly replaced: readonly (Entry | undefined)[];
  readonly counters: readonly { readonly key: string; readonly value: number }[];
  readonly mark: { readonly clientId: string; readonly mark: ClientMark } | undefined;
}

/** Records of one collection in one document. */
export interface DocumentPart {
  readonly collection: CollectionName;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Everything that is durable, in memory. Only `apply` and the loading functions change it. */
export interface StoreState {
  readonly seq: number;
  readonly savedAt: string | undefined;
  readonly records: number;
  entry(collection: CollectionName, id: string): Entry | undefined;
  tombstone(collection: CollectionName, id: string): Entry | undefined;
  entries(collection: CollectionName): ReadonlyMap<string, Entry>;
  tombstones(): Iterable<Entry>;
  counter(key: string): number;
  counters(): ReadonlyMap<string, number>;
  mark(clientId: string): ClientMark | undefined;
  marks(): ReadonlyMap<string, ClientMark>;
  /** Tombstones of `seq` up to this one are not known. */
  readonly tombstoneFloor: number;
  /** Paths of all documents that have or had records. */
  homes(): Iterable<string>;
  /** The path that differs from this one in the case of its letters alone, if there is one. */
  homeTwin(path: string): string | undefined;
  parts(path: string): readonly DocumentPart[];
  changesSince(seq: number, limit: number): StoredChangesPage | undefined;
  /**
   * The latest state of each record, and tombstones, in the order of `seq` and up to `to`. What changes while they are asked for is
   * left out.
   */
  inOrder(to: number): Iterable<Entry>;
  snapshot(before?: number): { readonly total: number; records(): Iterable<StoredRecord> };

  apply(effect: CommitEffect): void;
  /** Forgets the oldest tombstones beyond what is kept, as far as nothing needs them any more. */
  trimTombstones(isFree: (tombstone: Entry) => boolean): void;
  /** For opening a data folder: once, into a state that is empty. Takes the maps of entries over. */
  load(loaded: LoadedState): void;
}

/** A state read from disk. */
export interface LoadedState {
  readonly seq: number;
  readonly savedAt: string | undefined;
  /** By id; none of them has a tombstone too. */
  readonly entries: ReadonlyMap<CollectionName, Map<string, Entry>>;
  readonly tombstones: readonly Entry[];
  readonly tombstoneFloor: number;
  readonly counters: ReadonlyMap<string, number>;
  readonly marks: ReadonlyMap<string, ClientMark>;
  readonly homes: Iterable<string>;
}

/** Tombstones kept; a client that is behind more of them than that takes a snapshot. */
const MAX_TOMBSTONES = 10_000;

export function createStoreState(): StoreState {
  const collections = new Map<CollectionName, Map<string, Entry>>(
    COLLECTION_NAMES.map((name) => [name, new Map<string, Entry>()]),
  );
  const documents = new Map<string, DocumentPart[]>();
  const lowerCaseHomes = new Map<string, string>();
  const tombstones = new Map<string, Entry>();
  const counters = new Map<string, number>();
  const marks = new Map<string, ClientMark>();
  const index = createChangeIndex();
  let seq = 0;
  let savedAt: string | undefined;
  let tombstoneFloor = 0;
  let records = 0;

  function mapOf(collection: CollectionName): Map<string, Entry> {
    const map = collections.get(collection);
    if (map === undefined) throw new RangeError(`No collection "${collection}".`);
    return map;
  }

  function addHome(path: string): void {
    if (documents.has(path)) return;
    documents.set(path, []);
    lowerCaseHomes.set(path.toLowerCase(), path);
  }

  /** The map of a document's records: the collection's own where it has a single document. */
  function partOf(entry: Entry): Map<string, Entry> {
    const whole = mapOf(entry.collection);
    addHome(entry.home);
    const parts = documents.get(entry.home) ?? [];
    const part = parts.find((candidate) => candidate.collection === entry.collection);
    if (part !== undefined) return part.entries as Map<string, Entry>;
    const entries = SINGLE_HOMES.has(entry.home) ? whole : new Map<string, Entry>();
    parts.push({ collection: entry.collection, entries });
    return entries;
  }

  function place(entry: Entry, before: Entry | undefined): void {
    const whole = mapOf(entry.collection);
    if (before === undefined) unbury(entry);
    else index.supersede(before);
    if (entry.json === undefined) {
      if (before !== undefined) partOf(before).delete(entry.id);
      addHome(entry.home);
      whole.delete(entry.id);
      if (before !== undefined) records -= 1;
      tombstones.set(keyOf(entry), entry);
      return;
    }
    whole.set(entry.id, entry);
    if (before === undefined) records += 1;
    // The most frequent case by far: the next state of a record in a document that has the collection to itself.
    if (before?.home === entry.home && SINGLE_HOMES.has(entry.home)) return;
    if (before !== undefined && before.home !== entry.home) partOf(before).delete(entry.id);
    const part = partOf(entry);
    if (part !== whole) part.set(entry.id, entry);
  }

  function takeOver(collection: CollectionName, entries: Map<string, Entry>): void {
    collections.set(collection, entries);
    records += entries.size;
    let home: string | undefined;
    let part = entries;
    for (const entry of entries.values()) {
      if (entry.home !== home) part = partOf(entry);
      home = entry.home;
      if (part !== entries) part.set(entry.id, entry);
    }
  }

  /** Forgets the tombstone of a record that comes anew, or that is purged once more. */
  function unbury(entry: Entry): void {
    const key = keyOf(entry);
    const buried = tombstones.get(key);
    if (buried === undefined) return;
    index.supersede(buried);
    tombstones.delete(key);
  }

  return {
    get seq() {
      return seq;
    },
    get savedAt() {
      return savedAt;
    },
    get records() {
      return records;
    },
    get tombstoneFloor() {
      return tombstoneFloor;
    },
    entry: (collection, id) => mapOf(collection).get(id),
    tombstone: (collection, id) => tombstones.get(`${collection}/${id}`),
    entries: mapOf,
    tombstones: () => tombstones.values(),
    counter: (key) => counters.get(key) ?? 0,
    counters: () => counters,
    mark: (clientId) => marks.get(clientId),
    marks: () => marks,
    homes: () => documents.keys(),
    homeTwin(path) {
      const known = lowerCaseHomes.get(path.toLowerCase());
      return known === undefined || known === path ? undefined : known;
    },
    parts: (path) => documents.get(path) ?? [],

    changesSince(since, limit) {
      if (since < tombstoneFloor) return undefined;
      const entries = index.entries();
      const changes: StoredChange[] = [];
      for (let at = index.firstAfter(since); at < entries.length; at += 1) {
        const entry = entries[at];
        if (entry === undefined || entry.superseded) continue;
        const last = changes.at(-1);
        if (last !== undefined && changes.length >= limit && last.seq !== entry.seq) {
          return { changes, seq: last.seq, more: true };
        }
        const { collection, id, op, json, conflict } = entry;
        changes.push({ seq: entry.seq, collection, id, op, json, conflict });
      }
      return { changes, seq: Math.max(seq, since), more: false };
    },

    *inOrder(to) {
      const entries = index.entries();
      for (const entry of entries) {
        if (entry.seq > to) return;
        if (!entry.superseded) yield entry;
      }
    },

    snapshot(before = Number.POSITIVE_INFINITY) {
      const kept = index
        .entries()
        .filter((entry) => !entry.superseded && entry.json !== undefined && entry.seq < before);
      return {
        total: kept.length,
        *records() {
          for (let at = kept.length - 1; at >= 0; at -= 1) {
            const entry = kept[at];
            if (entry?.json === undefined) continue;
            yield { seq: entry.seq, collection: entry.collection, id: entry.id, json: entry.json };
          }
        },
      };
    },

    apply(effect) {
      for (const [at, entry] of effect.entries.entries()) {
        const before = effect.replaced[at];
        place(entry, before?.json === undefined ? undefined : before);
        index.append(entry);
      }
      for (const { key, value } of effect.counters) {
        if (value > (counters.get(key) ?? 0)) counters.set(key, value);
      }
      if (effect.mark !== undefined) marks.set(effect.mark.clientId, effect.mark.mark);
      seq = effect.seq;
      savedAt = effect.at;
    },

    trimTombstones(isFree) {
      for (const [key, oldest] of tombstones) {
        if (tombstones.size <= MAX_TOMBSTONES) return;
        if (!isFree(oldest)) continue;
        tombstones.delete(key);
        index.supersede(oldest);
        tombstoneFloor = Math.max(tombstoneFloor, oldest.seq);
      }
    },

    load(loaded) {
      for (const path of loaded.homes) addHome(path);
      for (const entry of loaded.tombstones) {
        addHome(entry.home);
        tombstones.set(keyOf(entry), entry);
      }
      for (const [collection, entries] of loaded.entries) takeOver(collection, entries);
      index.load([...loaded.tombstones, ...[...loaded.entries.values()].flatMap((map) => [...map.values()])]);
      for (const [key, value] of loaded.counters) counters.set(key, Math.max(value, counters.get(key) ?? 0));
      for (const [clientId, mark] of loaded.marks) marks.set(clientId, mark);
      tombstoneFloor = Math.max(tombstoneFloor, loaded.tombstoneFloor);
      seq = Math.max(seq, loaded.seq);
      savedAt = loaded.savedAt;
    },
  };
}

const SINGLE_HOMES: ReadonlySet<string> = new Set(
  DOCUMENT_FAMILIES.map((family) => family.pattern).filter((pattern) => !pattern.includes("*")),
);

function keyOf(entry: Entry): string {
  return `${entry.collection}/${entry.id}`;
}
