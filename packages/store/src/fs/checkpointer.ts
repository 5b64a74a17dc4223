import { isCheckpointDue } from "../core/checkpoint-due.ts";
import type { StagedCommit } from "../core/staging.ts";
import type { StoreState } from "../core/store-state.ts";
import { contentOf } from "./document-content.ts";
import { type DocumentReading, readDocument } from "./document-reader.ts";
import { writeDocument } from "./document-writer.ts";
import type { FileInfo, FsPort } from "./fs-port.ts";
import { CLIENTS_DOCUMENT, TOMBSTONES_DOCUMENT } from "./load-documents.ts";
import { storeErrorOf } from "./store-error-of.ts";

/** A document's files as the store last saw them. */
export interface KnownDocument {
  readonly info: FileInfo;
  /** Absent for a file that the store has taken in but not written: it never becomes the `.backup`. */
  readonly seq: number | undefined;
}

export interface CheckpointerOptions {
  readonly fs: FsPort;
  readonly state: StoreState;
  readonly known: ReadonlyMap<string, KnownDocument>;
  /** Current time in epoch ms. */
  readonly now: () => number;
  readonly quietMs: number;
  /** How often documents are looked at for changes by others. */
  readonly watchMs: number;
  /** Whether documents may be written now. */
  readonly mayWrite: () => boolean;
  /** Called for a document that somebody else changed or removed, before it is written again; resolves when it is taken in. */
  readonly onForeign: (path: string, reading: DocumentReading) => Promise<void>;
  readonly onFailure: (path: string, error: unknown) => void;
  /** Called after a round in which documents were written. */
  readonly onRound: () => Promise<void>;
}

export interface Checkpointer {
  note(commit: StagedCommit): void;
  markDirty(path: string): void;
  /** Writes every document that lags behind. Rejects with the first failure; the others are still tried. */
  flush(): Promise<void>;
  known(): ReadonlyMap<string, KnownDocument>;
  /** Whether every document holds the state's last commit. */
  isClean(): boolean;
  /** Ends the schedule and waits for what is being written. */
  stop(): Promise<void>;
}

/** An editor may still be writing a file that changed more recently than this. */
const SETTLED_MS = 1000;
/** Times that a document is written in a row while somebody else changes it each time. */
const MOST_TRIES = 3;
/** Documents looked at in one go. */
const WATCHED_AT_ONCE = 500;

interface Dirty {
  pendingBytes: number;
  readonly dirtySinceMs: number;
  changedAtMs: number;
}

export function createCheckpointer(options: CheckpointerOptions): Checkpointer {
  const { fs, state, quietMs } = options;
  const known = new Map(options.known);
  const dirty = new Map<string, Dirty>();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let stopped = false;
  let watched = 0;
  let watching: Promise<void> | undefined;
  /** Counts the beginnings and ends of rounds: odd while one is under way. */
  let turns = 0;

  function mark(path: string, bytes: number): void {
    const nowMs = options.now();
    const entry = dirty.get(path);
    if (entry === undefined) {
      dirty.set(path, { pendingBytes: bytes, dirtySinceMs: nowMs, changedAtMs: nowMs });
    } else {
      entry.pendingBytes += bytes;
      entry.changedAtMs = nowMs;
    }
    schedule();
  }

  function schedule(): void {
    if (timer !== undefined || stopped || dirty.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      const nowMs = options.now();
      attempt((path, entry) => isCheckpointDue({ ...entry, sizeBytes: sizeOf(path) }, nowMs, quietMs));
    }, quietMs);
    timer.unref();
  }

  const sizeOf = (path: string) => known.get(path)?.info.sizeBytes ?? 0;

  /** A round that nobody waits for. */
  function attempt(isDue: (path: string, entry: Dirty) => boolean): void {
    runRound(isDue).catch(() => {
      // Each failure was told by `onFailure`; the next round tries again.
    });
  }

  async function watch(): Promise<void> {
    const turn = turns;
    if (turn % 2 === 1) return;
    const paths = Array.from(known.keys());
    if (watched >= paths.length) watched = 0;
    const looked = paths.slice(watched, watched + WATCHED_AT_ONCE);
    watched += looked.length;
    const foreign = new Set<string>();
    for (const path of looked) {
      const expected = known.get(path)?.info;
      const found = await fs.info(path);
      if (expected === undefined || (found !== undefined && sameFile(expected, found))) continue;
      if (found !== undefined && options.now() - found.mtimeMs < SETTLED_MS) continue;
      foreign.add(path);
    }
    // Files that the store itself put in place meanwhile look foreign too: the next turn looks again.
    if (foreign.size === 0 || turns !== turn || stopped) return;
    for (const path of foreign) mark(path, 0);
    await runRound((path) => foreign.has(path));
  }

  const watcher = setInterval(() => {
    if (watching !== undefined || !options.mayWrite()) return;
    watching = watch()
      .catch(() => {
        // Told by `onFailure`, or a folder that cannot be looked at now: the next turn tries again.
      })
      .finally(() => {
        watching = undefined;
      });
  }, options.watchMs);
  watcher.unref();

  function runRound(isDue: (path: string, entry: Dirty) => boolean): Promise<void> {
    const next = takeTurn(round, isDue);
    round = next.catch(() => {
      // Whoever asked for this round gets its failure; later rounds go on.
    });
    return next;
  }

  async function takeTurn(
    before: Promise<void>,
    isDue: (path: string, entry: Dirty) => boolean,
  ): Promise<void> {
    await before;
    turns += 1;
    try {
      await writeDue(isDue);
    } finally {
      turns += 1;
    }
  }

  async function writeDue(isDue: (path: string, entry: Dirty) => boolean): Promise<void> {
    const failures: unknown[] = [];
    let wrote = false;
    // As of now: what turns dirty meanwhile is the next round's.
    const lagging = Array.from(dirty);
    for (const [path, entry] of lagging) {
      if (!options.mayWrite()) break;
      if (!isDue(path, entry)) continue;
      try {
        await checkpoint(path);
        wrote = true;
      } catch (error) {
        failures.push(storeErrorOf(error));
        options.onFailure(path, error);
      }
    }
    if (wrote) await options.onRound();
    schedule();
    if (failures.length > 0) throw failures[0];
  }

  async function checkpoint(path: string): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) if (await tryCheckpoint(path)) return;
    throw new Error(`${path} is changed by somebody else over and over.`);
  }

  /** Resolves to `false`, and leaves the file, when somebody changed it while it was written. */
  async function tryCheckpoint(path: string): Promise<boolean> {
    const found = await fs.info(path);
    const rotate = await settleForeign(path, found);
    const isStill = async () => {
      const now = await fs.info(path);
      return now === undefined || (found !== undefined && sameFile(found, now));
    };
    const entry = dirty.get(path);
    dirty.delete(path);
    const { seq } = state;
    const head = { savedAt: new Date(options.now()).toISOString(), seq };
    let info: FileInfo | undefined;
    try {
      const { fields, sections } = contentOf(state, path);
      info = await writeDocument(fs, { path, head: { ...head, fields }, sections, rotate, isStill });
      if (info !== undefined) known.set(path, { info, seq });
    } finally {
      if (info === undefined && entry !== undefined && !dirty.has(path)) dirty.set(path, entry);
    }
    return info !== undefined;
  }

  /**
   * Looks whether the file in place, as it was `found`, is still the one that the store knows, and takes it in if not; resolves to
   * whether it may become `.backup`.
   */
  async function settleForeign(path: string, found: FileInfo | undefined): Promise<boolean> {
    const expected = known.get(path);
    if (found === undefined && expected === undefined) return false;
    if (expected !== undefined && found !== undefined && sameFile(expected.info, found)) {
      return expected.seq !== undefined;
    }
    const reading = await readDocument(fs, path);
    // An older version put back is written over, and must not push out a newer `.backup`.
    if (reading.kind === "good") return reading.seq >= (expected?.seq ?? 0);
    await options.onForeign(path, reading);
    return false;
  }

  return {
    note({ effect }) {
      if (effect === undefined) return;
      for (const { home, json, op } of effect.entries) {
        mark(home, json?.length ?? 0);
        if (op === "purge") mark(TOMBSTONES_DOCUMENT, 100);
      }
      if (effect.mark !== undefined) mark(CLIENTS_DOCUMENT, 100);
    },
    markDirty: (path) => mark(path, 0),
    flush: () => runRound(() => true),
    known: () => known,
    isClean: () => dirty.size === 0,
    async stop() {
      stopped = true;
      clearInterval(watcher);
      clearTimeout(timer);
      timer = undefined;
      await watching;
      await round;
    },
  };
}

function sameFile(a: FileInfo, b: FileInfo): boolean {
  return a.inode === b.inode && a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs;
}
