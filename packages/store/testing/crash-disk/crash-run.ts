import type { FsPort } from "../../src/fs/fs-port.ts";
import type { FileStoreOptions } from "../../src/fs/open-file-store.ts";
import { openFileStore } from "../../src/fs/open-file-store.ts";
import type { Store } from "../../src/index.ts";
import { shownState } from "../contract/contract-store.ts";
import { type CrashDisk, createCrashDisk } from "./crash-disk.ts";
import type { DiskImage } from "./disk-image.ts";
import { seededRandom } from "./seeded-random.ts";

export type ShownState = Readonly<Record<string, string>>;

/** What a store promised after so many events of its disk. */
export interface Promises {
  readonly at: number;
  /** All commits up to here were acknowledged, or shown to readers. */
  readonly seq: number;
  readonly epoch: string | undefined;
  /** Hashes of acknowledged blobs. */
  readonly blobs: readonly string[];
}

/** What happened on a disk while a store worked on it. */
export interface CrashRun {
  readonly disk: CrashDisk;
  /** The records after each commit, by `seq`; of 0 too. */
  readonly states: ReadonlyMap<number, ShownState>;
  /** What was promised, oldest first; the first one before anything happened. */
  readonly promises: readonly Promises[];
}

export interface CrashWork {
  readonly store: Store;
  readonly disk: CrashDisk;
  /** Says that a blob was acknowledged. */
  readonly keepBlob: (sha256: string) => void;
}

export interface CrashRunOptions {
  readonly realFolder: string;
  readonly work: (work: CrashWork) => Promise<void>;
  readonly image?: DiskImage;
  /** What had been promised before, and what the records were after each commit. */
  readonly before?: {
    readonly states: ReadonlyMap<number, ShownState>;
    readonly promises: Promises;
  };
  /** Lets operations of the disk take turns of different lengths. */
  readonly seed?: number;
  readonly store?: Partial<FileStoreOptions>;
  /** Puts something between the store and its disk. */
  readonly wrap?: (disk: CrashDisk) => FsPort;
}

const STARTED_MS = Date.parse("2026-01-01T00:00:00.000Z");

/** Opens a store on a crash disk, has it work, closes it, and tells what happened. */
export async function recordCrashRun(options: CrashRunOptions): Promise<CrashRun> {
  const { realFolder, image, before, seed } = options;
  let timeMs = STARTED_MS + (before?.promises.seq ?? 0) * 1000;
  const now = () => (timeMs += 1);
  const disk = createCrashDisk({
    realFolder,
    now,
    ...(image && { image }),
    ...(seed !== undefined && { pause: turnsOf(seed) }),
  });
  const states = new Map<number, ShownState>(before?.states ?? [[0, {}]]);
  const first = before?.promises ?? { seq: 0, epoch: undefined, blobs: [] };
  const promises: Promises[] = [{ ...first, at: 0 }];
  const promise = (more: Partial<Promises>) => {
    const last = promises.at(-1) ?? { ...first, at: 0 };
    promises.push({ ...last, ...more, at: disk.events.length, seq: Math.max(last.seq, more.seq ?? 0) });
  };

  const store = await openOn(options.wrap?.(disk) ?? disk, { now, ...options.store });
  promise(store.cursor());
  store.subscribe(({ seq }) => {
    states.set(seq, shownState(store));
    promise({ seq });
  });
  const keepBlob = (sha256: string) => promise({ blobs: [...(promises.at(-1)?.blobs ?? []), sha256] });
  try {
    await options.work({ store, disk, keepBlob });
  } finally {
    await store.close();
  }
  return { disk, states, promises };
}

/**
 * Opens a store on a crash disk. No document is written by the clock: a run is the same each time. Segments are short, so that the
 * room ahead of their lines is a few pages.
 */
export function openOn(disk: FsPort, options: Partial<FileStoreOptions> = {}): Promise<Store> {
  const quiet = { checkpointQuietMs: 3_600_000, segmentBytes: 16_384 };
  return openFileStore({ dataDir: "", ...quiet, ...options, createFs: () => disk });
}

/** What was promised when the power went after so many events. */
export function promisedAt(run: CrashRun, at: number): Promises {
  const kept = run.promises.findLast((promise) => promise.at <= at);
  if (kept === undefined) throw new RangeError("A run promises nothing before it begins.");
  return kept;
}

function turnsOf(seed: number): () => Promise<void> {
  const random = seededRandom(seed);
  return async () => {
    for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) {
      await new Promise<void>((resolve) => void setImmediate(resolve));
    }
  };
}
