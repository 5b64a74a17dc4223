import type { FsPort } from "./fs-port.ts";
import { decodeSegment, type SegmentLine } from "./journal-codec.ts";
import { segmentBlocks } from "./segment-blocks.ts";

export const HISTORY_FOLDER = "history";

/** An archived segment, or a base: `history/<from>-<to>.ndjson.zst`, `history/base-<to>.ndjson.zst`. */
export interface HistoryFile {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly isBase: boolean;
}

const ARCHIVE = /^(\d{1,16})-(\d{1,16})\.ndjson\.zst$/;
const BASE = /^base-(\d{1,16})\.ndjson\.zst$/;
const NEWLINE = 0x0a;

/** Where a base stands that knows the last version of each record up to `to`. */
export function basePath(to: number): string {
  return `${HISTORY_FOLDER}/base-${String(to).padStart(12, "0")}.ndjson.zst`;
}

/** The history's files in order; those that a base stands for are leftovers. */
export async function listHistory(fs: FsPort): Promise<{
  readonly files: readonly HistoryFile[];
  readonly leftovers: readonly HistoryFile[];
}> {
  const all = (await fs.list(HISTORY_FOLDER)).flatMap((name) => historyFile(name) ?? []);
  const base = all.filter(({ isBase }) => isBase).sort((a, b) => b.to - a.to)[0];
  const isLeftover = (file: HistoryFile) => base !== undefined && file !== base && file.to <= base.to;
  const files = all.filter((file) => !isLeftover(file)).sort((a, b) => a.from - b.from || a.to - b.to);
  return { files, leftovers: all.filter(isLeftover) };
}

function historyFile(name: string): HistoryFile | undefined {
  const path = `${HISTORY_FOLDER}/${name}`;
  const archive = ARCHIVE.exec(name);
  if (archive !== null) return { path, from: Number(archive[1]), to: Number(archive[2]), isBase: false };
  const base = BASE.exec(name);
  return base === null ? undefined : { path, from: 1, to: Number(base[1]), isBase: true };
}

/** Lines of a segment, compressed or not, some at a time: never more in memory than a block and the longest line. */
export async function* linesOf(
  fs: FsPort,
  path: string,
): AsyncGenerator<readonly SegmentLine[], void, undefined> {
  const blocks = segmentBlocks(fs, path);
  let rest: Buffer[] = [];
  for await (const block of blocks) {
    const end = block.lastIndexOf(NEWLINE) + 1;
    if (end > 0) yield decodeSegment(path, Buffer.concat([...rest, block.subarray(0, end)]));
    rest = end > 0 ? [block.subarray(end)] : [...rest, block];
  }
  const last = Buffer.concat(rest);
  if (last.length > 0) yield decodeSegment(path, last);
}
