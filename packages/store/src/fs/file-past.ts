import {
  type AnyRecord,
  type ChangeOp,
  type Conflict,
  isCollectionName,
  isJsonObject,
  type JsonObject,
} from "@safelight/shared";
import { isChangeOp } from "../core/history/is-change-op.ts";
import type {
  HistorySource,
  PastChange,
  PastCommit,
  PastReading,
  PastSegment,
} from "../core/history/history-source.ts";
import { StoreError } from "../store-error.ts";
import { giveWay } from "../give-way.ts";
import type { FsPort } from "./fs-port.ts";
import { type HistoryFile, linesOf, listHistory } from "./history-files.ts";
import type { HistoryGate } from "./history-gate.ts";
import { type JournalCommit, type LineContent, parseCommit, type SegmentLine } from "./journal-codec.ts";
import { JOURNAL_FOLDER, segmentFirstSeq, segmentPath } from "./journal-writer.ts";
import { storeErrorOf } from "./store-error-of.ts";

export interface FilePastOptions {
  readonly fs: FsPort;
  readonly gate: HistoryGate;
  /** The last durable commit. */
  readonly headSeq: () => number;
  /** Something of the past cannot be read. */
  readonly onDamage: (path: string, reason: string) => void;
}

/** Longest work on the past at a stretch, in milliseconds. */
const TURN_MS = 3;

/** The past of a store in a folder: archived segments, and those of the journal that are whole. */
export function createFilePast({ fs, gate, headSeq, onDamage }: FilePastOptions): HistorySource {
  /** Lines that are whole, in order, up to the head as it was; damage is told or thrown. */
  async function* contentsOf(
    { path, from, to }: HistoryFile,
    strict: boolean,
  ): AsyncGenerator<LineContent, void, undefined> {
    let turnStart = performance.now();
    const damaged = (reason: string) => {
      onDamage(path, reason);
      if (strict) throw new StoreError("history.damaged", { detail: `${path}: ${reason}.` });
    };
    try {
      for await (const lines of linesOf(fs, path)) {
        for (const { content } of lines) {
          if (content === undefined) damaged("a line does not have its checksum");
          else if (content.seq > to) return;
          else if (content.seq >= from) yield content;
          if (performance.now() - turnStart < TURN_MS) continue;
          await giveWay();
          turnStart = performance.now();
        }
      }
    } catch (error) {
      const known = storeErrorOf(error);
      // Too many open files say nothing about this one.
      if (known instanceof StoreError && known.code !== "store.disk-fault") throw known;
      damaged(error instanceof Error ? error.message : String(error));
    }
  }

  function segmentOf(file: HistoryFile): PastSegment {
    const { from, to, isBase } = file;
    return {
      from,
      to,
      isBase,
      async *commits(reading: PastReading) {
        const needle = needleOf(reading);
        for await (const content of contentsOf(file, reading.strict)) {
          if (needle !== undefined && !content.json.includes(needle)) continue;
          const commit = parseCommit(content);
          if (commit !== undefined && commit.by !== CARRIED) yield pastCommit(commit);
        }
      },
      async *times() {
        for await (const { seq, json } of contentsOf(file, false)) {
          const at = /^\{"seq":\d+,"durable":\d+,"at":"([^"]{1,40})"/.exec(
            json.toString("latin1", 0, 120),
          )?.[1];
          if (at !== undefined) yield { seq, at };
        }
      },
    };
  }

  /** Segments of the journal that are no stand-in for what the history holds. */
  async function journalFiles(head: number): Promise<readonly HistoryFile[]> {
    const firsts = (await fs.list(JOURNAL_FOLDER))
      .map(segmentFirstSeq)
      .filter((first): first is number => first !== undefined && first <= head)
      .sort((a, b) => a - b);
    const files: HistoryFile[] = [];
    for (const [at, from] of firsts.entries()) {
      const path = segmentPath(from);
      if (from === 1 && (await isCarried(path))) continue;
      files.push({ path, from, to: (firsts[at + 1] ?? head + 1) - 1, isBase: false });
    }
    return files;
  }

  async function isCarried(path: string): Promise<boolean> {
    for await (const lines of linesOf(fs, path)) return firstOf(lines)?.seq === 0;
    return false;
  }

  return {
    giveWay,
    async open() {
      const release = await gate.enter();
      try {
        const head = headSeq();
        const { files: archived } = await listHistory(fs);
        const archivedTo = archived.reduce((last, { to }) => Math.max(last, to), 0);
        const journal = (await journalFiles(head)).filter(({ to }) => to > archivedTo);
        return { segments: [...archived, ...journal].map(segmentOf), release };
      } catch (error) {
        release();
        throw storeErrorOf(error);
      }
    },
  };
}

/** What a line must hold to be of interest. */
function needleOf({ about, isOfConflicts }: PastReading): Buffer | undefined {
  if (about !== undefined) return Buffer.from(`"id":${JSON.stringify(about)}`);
  return isOfConflicts === true ? Buffer.from('"conflict":{') : undefined;
}

/** Who a carried segment says that its lines are by. */
const CARRIED = "carry";

function firstOf(lines: readonly SegmentLine[]): LineContent | undefined {
  return lines[0]?.content;
}

function pastCommit({ seq, at, by, changes }: JournalCommit): PastCommit {
  return { seq, at, by, changes: changes.flatMap((change) => pastChange(change) ?? []) };
}

/** A change as the journal holds it; `undefined` for one of a collection that is not known any more. */
function pastChange(change: JsonObject): PastChange | undefined {
  const { collection, id, op, fields, record, conflict } = change;
  if (typeof collection !== "string" || !isCollectionName(collection) || typeof id !== "string")
    return undefined;
  if (!isChangeOp(op)) return undefined;
  return {
    collection,
    id,
    op: op satisfies ChangeOp,
    fields: Array.isArray(fields) ? fields.filter((name) => typeof name === "string") : [],
    record: isJsonObject(record) ? (record as AnyRecord) : undefined,
    conflict: isJsonObject(conflict) && isJsonObject(conflict["lost"]) ? (conflict as Conflict) : undefined,
  };
}
