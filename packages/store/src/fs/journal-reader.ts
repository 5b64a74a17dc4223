import { type JudgedLine, judgeJournal } from "../core/judge-journal.ts";
import { StoreError } from "../store-error.ts";
import type { FsPort } from "./fs-port.ts";
import {
  type CarriedHead,
  decodeSegment,
  endOfLines,
  type JournalCommit,
  parseCommit,
  type SegmentLine,
} from "./journal-codec.ts";
import { JOURNAL_FOLDER, segmentFirstSeq, segmentPath } from "./journal-writer.ts";
import { readAhead } from "./read-ahead.ts";

/** Bytes of a segment that are set aside. */
export interface SetAside {
  readonly segment: string;
  readonly offset: number;
  readonly lengthBytes: number;
  readonly firstSeq: number;
  /** Last commit that stood there; absent when nothing tells. */
  readonly lastSeq: number | undefined;
}

export interface JournalReading {
  /** Segments in order, those that a carried one replaced left out. */
  readonly segments: readonly { readonly path: string; readonly sizeBytes: number }[];
  /** Segments that a carried one replaced, or in which nothing stands: leftovers of a crash. */
  readonly leftovers: readonly string[];
  readonly commits: readonly JournalCommit[];
  readonly carried: CarriedHead | undefined;
  readonly headSeq: number;
  /** Time of the newest commit. */
  readonly savedAt: string | undefined;
  /** Acknowledged commits that are damaged. */
  readonly damaged: readonly SetAside[];
  /** Where the torn tail begins, and everything past it. */
  readonly torn: readonly SetAside[];
  /** Segments that end with room that was not used, and where their lines end. */
  readonly rooms: readonly { readonly segment: string; readonly sizeBytes: number }[];
  /** Lines that another process wrote after it had lost the folder: never acknowledged. */
  readonly strays: readonly SetAside[];
  /** Commits whose lines hold what must not be taken. */
  readonly refused: readonly number[];
}

export interface JournalReadOptions {
  /** The highest `seq` of any document. */
  readonly documentSeq: number;
  /** Commits up to here are in every document; their lines are checked but not parsed. */
  readonly skipTo: number;
  readonly acceptLoss: boolean;
}

/** Reads and judges the whole journal without changing it. Throws `store.gap` when part of it is missing. */
export async function readJournal(fs: FsPort, options: JournalReadOptions): Promise<JournalReading> {
  const names = await fs.list(JOURNAL_FOLDER);
  const firstSeqs = names
    .map(segmentFirstSeq)
    .filter((first): first is number => first !== undefined)
    .sort((a, b) => a - b);

  const lines: SegmentLine[] = [];
  const segments: { path: string; sizeBytes: number }[] = [];
  const leftovers: string[] = [];
  const strays: SetAside[] = [];
  const rooms: { segment: string; sizeBytes: number }[] = [];
  let headSoFar = 0;
  let carried: CarriedHead | undefined;
  const read = readAhead(fs, firstSeqs.map(segmentPath));
  for (const [at, firstSeq] of firstSeqs.entries()) {
    const path = segmentPath(firstSeq);
    if (carried !== undefined && firstSeq <= carried.to) {
      leftovers.push(path);
      continue;
    }
    const bytes = await read(at);
    const next = firstSeqs[at + 1];
    const decoded = decodeSegment(path, bytes);
    carried ??= headOf(decoded);
    headSoFar = Math.max(headSoFar, carried?.to ?? 0, lastSeqOf(decoded));
    const room = roomOf(path, bytes);
    const isLost = headSoFar < (next ?? options.documentSeq + 1) - 1 && isWhole(decoded.at(-1));
    if (decoded.length === 0 && !(isLost && room !== undefined)) {
      leftovers.push(path);
      continue;
    }
    segments.push({ path, sizeBytes: bytes.length });
    for (const line of decoded) {
      const seq = line.content?.seq;
      const stray = next !== undefined && seq !== undefined && seq >= next && next > (carried?.to ?? 0);
      if (stray) strays.push({ ...placeOf(line), firstSeq: seq, lastSeq: seq });
      else lines.push(withOwnBytes(line, options.skipTo));
    }
    if (room === undefined) continue;
    // Zeros in place of commits that are known of are not room but what damage made of these.
    if (isLost) lines.push(room);
    else rooms.push({ segment: path, sizeBytes: room.offset });
  }

  const verdict = judgeJournal(judgedLines(lines, carried), options.documentSeq);
  const kept = verdict.tornFrom === undefined ? lines : lines.slice(0, verdict.tornFrom);
  const torn = verdict.tornFrom === undefined ? [] : tailOf(lines.slice(verdict.tornFrom));
  const damaged = verdict.corrupt.map(({ from, to, after, before }) => {
    const run = lines.slice(from, to);
    const first = run[0];
    if (first === undefined) throw new RangeError("A damaged run without lines.");
    const lengthBytes = run
      .filter(({ segment }) => segment === first.segment)
      .reduce((sum, line) => sum + line.lengthBytes, 0);
    const carriedTo = first.segment === segmentPath(1) ? carried?.to : undefined;
    const lastSeq = carriedTo ?? (before === undefined ? undefined : before - 1);
    return { segment: first.segment, offset: first.offset, lengthBytes, firstSeq: after + 1, lastSeq };
  });
  const headSeq = Math.max(carried?.to ?? 0, lastSeqOf(kept));
  if (!options.acceptLoss) refuseGaps(kept, carried, options.documentSeq);

  const commits: JournalCommit[] = [];
  const refused: number[] = [];
  for (const { content } of kept) {
    if (content === undefined || content.seq === 0 || content.seq <= options.skipTo) continue;
    const commit = parseCommit(content);
    if (commit === undefined) refused.push(content.seq);
    else commits.push(commit);
  }
  const newest = kept.findLast(({ content }) => content !== undefined)?.content;
  const savedAt = newest === undefined || newest.json.length === 0 ? undefined : parseCommit(newest)?.at;
  return { savedAt, segments, leftovers, rooms, commits, carried, headSeq, damaged, torn, strays, refused };
}

/** What stands after the last line of a segment, if anything does. */
function roomOf(segment: string, bytes: Buffer): SegmentLine | undefined {
  const offset = endOfLines(bytes);
  const lengthBytes = bytes.length - offset;
  return lengthBytes === 0 ? undefined : { segment, offset, lengthBytes, content: undefined };
}

/** Whether a segment's last line is as it was written; damage explains what is missing after it. */
function isWhole(last: SegmentLine | undefined): boolean {
  return last === undefined || last.content !== undefined;
}

/** A line that does not need the bytes of its segment any more. Of one that will not be parsed, only its place is kept. */
function withOwnBytes(line: SegmentLine, skipTo: number): SegmentLine {
  const { content } = line;
  if (content === undefined) return line;
  const json = content.seq < skipTo ? NO_BYTES : Buffer.from(content.json);
  return { ...line, content: { ...content, json } };
}

const NO_BYTES = Buffer.alloc(0);

/**
 * Lines as they are judged. Those of a carried segment were all durable before it was put in place: they stand for
 * nothing one by one, and its last line for all that it carries.
 */
function judgedLines(lines: readonly SegmentLine[], carried: CarriedHead | undefined): readonly JudgedLine[] {
  return lines.map(({ content, segment }, at) => {
    if (content === undefined || carried === undefined || segment !== segmentPath(1))
      return { place: content };
    const isLast = lines[at + 1]?.segment !== segment;
    return { place: { seq: isLast ? carried.to : 0, durable: carried.to } };
  });
}

/** A carried segment says what it is in its first line and again in its last. */
function headOf(lines: readonly SegmentLine[]): CarriedHead | undefined {
  for (const line of [lines[0], lines.at(-1)]) {
    const content = line?.content;
    if (content?.seq === 0) return parseCommit(content)?.carried;
  }
  return undefined;
}

function lastSeqOf(lines: readonly SegmentLine[]): number {
  return lines.reduce((last, { content }) => Math.max(last, content?.seq ?? 0), 0);
}

/** Every commit must follow on the one before, but for those that damage took and those that carrying left out. */
function refuseGaps(
  lines: readonly SegmentLine[],
  carried: CarriedHead | undefined,
  documentSeq: number,
): void {
  let last = carried?.to ?? 0;
  let excused = false;
  for (const { content } of lines) {
    if (content !== undefined && content.seq > last + 1 && !excused) throw gap(last + 1, content.seq - 1);
    last = Math.max(last, content?.seq ?? 0);
    excused = content === undefined;
  }
  if (documentSeq > last && !excused) throw gap(last + 1, documentSeq);
}

function gap(from: number, to: number): StoreError {
  return new StoreError("store.gap", {
    detail:
      `The journal lacks commits ${from} to ${to}. Put the missing file of ${JOURNAL_FOLDER}/ back, restore a backup, ` +
      "or open the studio accepting the loss.",
  });
}

/** The torn tail, one piece for each segment that it reaches into. */
function tailOf(lines: readonly SegmentLine[]): readonly SetAside[] {
  const pieces = new Map<string, SetAside>();
  for (const line of lines) {
    const seq = line.content?.seq;
    const piece = pieces.get(line.segment);
    pieces.set(line.segment, {
      ...(piece ?? { ...placeOf(line), firstSeq: seq ?? 0 }),
      lengthBytes: (piece?.lengthBytes ?? 0) + line.lengthBytes,
      lastSeq: seq ?? piece?.lastSeq,
    });
  }
  return [...pieces.values()];
}

function placeOf({ segment, offset, lengthBytes }: SegmentLine) {
  return { segment, offset, lengthBytes };
}
