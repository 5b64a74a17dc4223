import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { COLLECTION_NAMES, type CollectionName, IsoTime, RecordId } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";

/** One commit of a clear: what it is to delete, by collection. */
const PlannedSlice = Type.Object(
  {
    slice: Type.Integer({ minimum: 0 }),
    plannedAt: IsoTime,
    items: Type.Array(Type.Tuple([Type.Unsafe<CollectionName>(Type.String()), RecordId])),
  },
  { additionalProperties: false },
);
export type PlannedSlice = Static<typeof PlannedSlice>;

/** That it was done, in which commit; `deletedAt` is what every record that it deleted carries. */
const DoneSlice = Type.Object(
  {
    done: Type.Integer({ minimum: 0 }),
    seq: Type.Integer({ minimum: 0 }),
    deletedAt: Type.Optional(IsoTime),
  },
  { additionalProperties: false },
);
export type DoneSlice = Static<typeof DoneSlice>;

const isPlanned = TypeCompiler.Compile(PlannedSlice);
const isDone = TypeCompiler.Compile(DoneSlice);

/** What one clear did, as far as its log tells. */
export interface ClearLog {
  /** Name of the backup that was made before it. */
  readonly backup: string;
  readonly planned: readonly PlannedSlice[];
  readonly done: ReadonlyMap<number, DoneSlice>;
}

const SUFFIX = ".clear.ndjson";

/** Writes down what a clear is going to do, durably: without it nothing is to be cleared. */
export async function startClearLog(
  folder: string,
  backup: string,
  slices: readonly PlannedSlice[],
): Promise<void> {
  const handle = await open(join(folder, `${backup}${SUFFIX}`), "wx", 0o600);
  try {
    for (const slice of slices) await handle.appendFile(`${JSON.stringify(slice)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function noteDone(folder: string, backup: string, slice: DoneSlice): Promise<void> {
  const handle = await open(join(folder, `${backup}${SUFFIX}`), "a", 0o600);
  try {
    await handle.appendFile(`${JSON.stringify(slice)}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** `undefined` when no clear was made after this backup. A last line that a crash cut off counts as not written. */
export async function readClearLog(folder: string, backup: string): Promise<ClearLog | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, `${backup}${SUFFIX}`), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const planned: PlannedSlice[] = [];
  const done = new Map<number, DoneSlice>();
  for (const line of text.split("\n").slice(0, -1)) {
    const value: unknown = parsed(line);
    if (isPlanned.Check(value)) planned.push({ ...value, items: value.items.filter(isKnown) });
    else if (isDone.Check(value)) done.set(value.done, value);
  }
  return { backup, planned, done };
}

/** The clear that made this commit. */
export async function findClearLog(folder: string, seq: number): Promise<ClearLog | undefined> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  for (const name of names.filter((candidate) => candidate.endsWith(SUFFIX))) {
    const log = await readClearLog(folder, name.slice(0, -SUFFIX.length));
    if (log !== undefined && [...log.done.values()].some((slice) => slice.seq === seq)) return log;
  }
  return undefined;
}

function isKnown([collection]: readonly [string, string]): boolean {
  return COLLECTION_NAMES.some((name) => name === collection);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A line that was cut off: what it would have said is found out from the records.
    return undefined;
  }
}
