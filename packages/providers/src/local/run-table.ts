import type { RunState } from "../provider.ts";
import type { EngineModel, PlannedPicture } from "./engine-model.ts";

/** One run of the built-in engine, as it stands in memory. */
export interface EngineRun {
  readonly id: string;
  readonly model: EngineModel;
  readonly pictures: readonly PlannedPicture[];
  /** Finished files, in the order of `pictures`. */
  readonly files: Uint8Array[];
  readonly abort: AbortController;
  state: RunState;
  /** When the run ended, and when its files were last read; epoch ms. */
  endedAt?: number;
  fetchedAt?: number;
}

/** The runs that the engine remembers. Finished files stay until read and a while after, within a limit of memory. */
export interface RunTable {
  get(id: string): EngineRun | undefined;
  add(run: EngineRun): void;
  /** Forgets runs that were read long ago and, when too much is held, the oldest finished ones. */
  sweep(now: number): void;
  all(): Iterable<EngineRun>;
}

export interface RunTableOptions {
  readonly keepFetchedMs: number;
  readonly maxBytes: number;
}

export function createRunTable({ keepFetchedMs, maxBytes }: RunTableOptions): RunTable {
  const runs = new Map<string, EngineRun>();

  function sweep(now: number): void {
    let heldBytes = 0;
    for (const run of runs.values()) {
      if (run.fetchedAt !== undefined && now - run.fetchedAt > keepFetchedMs) runs.delete(run.id);
      else heldBytes += sizeOf(run);
    }
    if (heldBytes <= maxBytes) return;
    const finished = [...runs.values()]
      .filter((run) => run.endedAt !== undefined)
      .sort((one, other) => rank(one) - rank(other) || (one.endedAt ?? 0) - (other.endedAt ?? 0));
    // The last one stays however large it is: it is what was just asked for.
    for (const run of finished.slice(0, -1)) {
      if (heldBytes <= maxBytes) break;
      heldBytes -= sizeOf(run);
      runs.delete(run.id);
    }
  }

  return {
    get: (id) => runs.get(id),
    add: (run) => void runs.set(run.id, run),
    sweep,
    all: () => runs.values(),
  };
}

function sizeOf(run: EngineRun): number {
  return run.files.reduce((sum, file) => sum + file.byteLength, 0);
}

/** What was read may go first. */
function rank(run: EngineRun): number {
  return run.fetchedAt === undefined ? 1 : 0;
}
