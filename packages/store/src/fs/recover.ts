import type { AnyRecord } from "@safelight/shared";
import type { ClientMark } from "../core/client-mark.ts";
import { familyOf } from "../core/document-homes.ts";
import { type Entry, parseRecord } from "../core/entry.ts";
import type { HandEdit } from "../core/plan-hand-edit.ts";
import { entryOf, newEntry, rejectionsOf, replay, type ReplayResult } from "../core/replay.ts";
import { StoreError } from "../store-error.ts";
import { readManifest } from "./checkpoint-manifest.ts";
import type { FsPort } from "./fs-port.ts";
import { type JournalReading, readJournal } from "./journal-reader.ts";
import {
  CLIENTS_DOCUMENT,
  countersOf,
  entriesOf,
  findDocumentPaths,
  type FoundDocument,
  loadDocument,
  TOMBSTONES_DOCUMENT,
} from "./load-documents.ts";
import { salvageEntries } from "./salvage.ts";

/** What a data folder holds, decided without changing anything in it. */
export interface Recovery {
  readonly documents: readonly FoundDocument[];
  readonly journal: JournalReading;
  readonly replayed: ReplayResult;
  readonly edits: readonly HandEdit[];
  /** Edited files that nothing is left to compare with: taken as they are. */
  readonly adopted: readonly string[];
  /** Documents of which only single lines could be read, with the number of these. */
  readonly salvaged: ReadonlyMap<string, number>;
  /** Damaged journal lines that were acknowledged and that no document makes up for. */
  readonly lostCommits: boolean;
  /** Documents that were written once and of which no file is left. */
  readonly removed: readonly string[];
  /** Per document, the `seq` up to which it is complete. */
  readonly completeTo: ReadonlyMap<string, number>;
}

/** Reads everything and decides what is true. Throws `store.gap`, `store.version` or `store.unreadable`. */
export async function planRecovery(fs: FsPort, acceptLoss: boolean): Promise<Recovery> {
  const manifest = await readManifest(fs);
  const paths = await findDocumentPaths(fs);
  const found = new Map<string, FoundDocument>();
  for (const path of paths) found.set(path, await loadDocument(fs, path, 0));

  const completeOf = (path: string): number => {
    const seq = found.get(path)?.source?.seq;
    const listed = manifest?.documents[path];
    const absent = found.get(path)?.main.kind === "missing" || !found.has(path);
    if (seq === undefined) return manifest !== undefined && listed === undefined && absent ? manifest.seq : 0;
    return manifest !== undefined && listed === seq ? Math.max(seq, manifest.seq) : seq;
  };
  const everyPath = new Set([...paths, ...Object.keys(manifest?.documents ?? {})]);
  const goodSeqs = [...found.values()].map(({ source }) => source?.seq ?? 0);
  const documentSeq = [...goodSeqs, manifest?.seq ?? 0].reduce((a, b) => Math.max(a, b), 0);
  const skipTo = manifest === undefined ? 0 : lowest([...everyPath].map(completeOf));
  const journal = await readJournal(fs, { documentSeq, skipTo, acceptLoss });

  const salvaged = new Map<string, number>();
  const salvagedEntries: Entry[] = [];
  for (const [path, floor] of Object.entries(journal.carried?.floors ?? {})) {
    if (completeOf(path) >= floor) continue;
    const again = await loadDocument(fs, path, floor);
    found.set(path, again);
    if (completeOf(path) >= floor) continue;
    const entries = await salvageEntries(fs, path);
    if (entries === undefined && !acceptLoss && again.main.kind !== "edited") throw tooOld(path, floor);
    for (const entry of entries ?? []) salvagedEntries.push(entry);
    if (again.main.kind !== "edited") salvaged.set(path, entries?.length ?? 0);
  }

  const completeTo = new Map([...found.keys()].map((path) => [path, completeOf(path)] as const));
  const base = baseOf(found, salvagedEntries, journal);
  const adopted: string[] = [];
  const edits: HandEdit[] = [];
  for (const document of found.values()) {
    const edit = editOf(document, base.entries, journal);
    if (edit === undefined) continue;
    edits.push(edit);
    if (edit.base === undefined && document.main.kind === "edited" && document.main.seq !== undefined) {
      adopted.push(document.path);
    }
  }
  const headSeq = Math.max(journal.headSeq, documentSeq);
  const replayed = replay(
    { ...base, completeTo, marksCompleteTo: completeOf(CLIENTS_DOCUMENT) },
    journal.commits,
    { seq: headSeq, savedAt: journal.savedAt },
  );
  const lostCommits = journal.damaged.some(({ firstSeq, lastSeq }) =>
    [...everyPath].some((path) => completeOf(path) < (lastSeq ?? Math.max(firstSeq, documentSeq))),
  );
  const isGone = (path: string) => {
    const document = found.get(path);
    return (
      document === undefined || (document.main.kind === "missing" && document.backup?.kind === "missing")
    );
  };
  return {
    documents: [...found.values()],
    journal,
    replayed,
    edits,
    adopted,
    salvaged,
    lostCommits,
    removed: Object.keys(manifest?.documents ?? {}).filter((path) => isGone(path) && !salvaged.has(path)),
    completeTo,
  };
}

function baseOf(
  found: ReadonlyMap<string, FoundDocument>,
  salvagedEntries: readonly Entry[],
  journal: JournalReading,
) {
  const pieces: (readonly Entry[])[] = [salvagedEntries];
  const counters = new Map(Object.entries(journal.carried?.counters ?? {}));
  const raise = ({ key, value }: { readonly key: string; readonly value: number }) =>
    counters.set(key, Math.max(value, counters.get(key) ?? 0));
  for (const { path, source, main } of found.values()) {
    const family = familyOf(path);
    if (family === undefined) continue;
    if (source !== undefined) {
      pieces.push(entriesOf(family, source));
      countersOf(path, family, source.header).forEach(raise);
    }
    if (main.kind === "edited") countersOf(path, family, main.value).forEach(raise);
  }
  const tombstonesSource = found.get(TOMBSTONES_DOCUMENT)?.source;
  const floor = tombstonesSource?.header["floor"];
  const clients = found.get(CLIENTS_DOCUMENT)?.source;
  return {
    entries: pieces.flat(),
    counters,
    marks: marksOf(clients?.sections.get("clients") ?? []),
    tombstones: (tombstonesSource?.sections.get("tombstones") ?? []).flatMap(({ seq, json }) => {
      const entry = entryOf({ ...parseRecord(json), op: "purge" }, seq);
      return entry === undefined ? [] : [newEntry(entry)];
    }),
    // Without the document of tombstones, those that the journal no longer holds are not known.
    tombstoneFloor: typeof floor === "number" ? floor : (journal.carried?.to ?? 0),
  };
}

function marksOf(
  lines: readonly { readonly seq: number; readonly id: string; readonly json: string }[],
): ReadonlyMap<string, ClientMark> {
  return new Map(
    lines.map(({ seq, id, json }) => {
      const { n, rejections } = parseRecord(json);
      return [id, { n: typeof n === "number" ? n : 0, seq, rejections: rejectionsOf(rejections) }] as const;
    }),
  );
}

/** The edit that a document was found with: what it was before is its `.backup` and the journal up to its `seq`. */
function editOf(
  document: FoundDocument,
  entries: readonly Entry[],
  journal: JournalReading,
): HandEdit | undefined {
  const { path, main, source } = document;
  const family = familyOf(path);
  if (main.kind !== "edited" || family === undefined) return undefined;
  const { value, seq } = main;
  const known = (source?.seq ?? 0) >= (journal.carried?.floors[path] ?? 0);
  if (seq === undefined || !known) return { path, family, value, seq, base: undefined };
  const base = new Map<string, AnyRecord>();
  for (const entry of entries) {
    if (entry.home !== path || entry.json === undefined) continue;
    base.set(`${entry.collection}/${entry.id}`, parseRecord(entry.json));
  }
  for (const commit of journal.commits) {
    if (commit.seq > seq) break;
    if (commit.seq <= (source?.seq ?? 0)) continue;
    for (const change of commit.changes) {
      const entry = entryOf(change, commit.seq);
      if (entry?.home !== path) continue;
      const key = `${entry.collection}/${entry.id}`;
      if (entry.json === undefined) base.delete(key);
      else base.set(key, parseRecord(entry.json));
    }
  }
  return { path, family, value, seq, base };
}

/** The edit that a document shows while the store is open; `undefined` if it is none any more. */
export async function readHandEdit(fs: FsPort, path: string): Promise<HandEdit | undefined> {
  const document = await loadDocument(fs, path, 0);
  const family = familyOf(path);
  if (document.main.kind !== "edited" || family === undefined) return undefined;
  const { source } = document;
  // The journal is being written: what it lacks at its end is newer than the edit and not asked for.
  const journal = await readJournal(fs, { documentSeq: 0, skipTo: source?.seq ?? 0, acceptLoss: true });
  return editOf(document, source === undefined ? [] : entriesOf(family, source), journal);
}

function lowest(seqs: readonly number[]): number {
  return seqs.reduce((least, seq) => Math.min(least, seq), Number.POSITIVE_INFINITY);
}

function tooOld(path: string, floor: number): StoreError {
  return new StoreError("store.gap", {
    detail:
      `${path} and its .backup are missing or older than the journal reaches (commit ${floor}). ` +
      "Put one of them back, restore a backup, or open the studio accepting the loss.",
  });
}
