import type { Clock } from "../ports.ts";

/** Notices when a tab missed a change: versions come without gaps, though not always in order. */
export interface VersionWatch {
  reset(version: number): void;
  /** The change that led to `version` is in memory. */
  note(version: number): void;
  /** The disk is at `version`: what led to it should be heard of soon. */
  expect(version: number): void;
  /** Another tab is about to write, and may not live to tell. */
  suspect(): void;
  /** Everything up to here is in memory. */
  reached(): number;
  /** Whether the disk may hold what this tab does not know of. */
  isBehind(): boolean;
  close(): void;
}

export interface VersionWatchOptions {
  readonly clock: Clock;
  /** Looks which version the disk is at, and calls `expect`; never rejects. */
  readonly look: () => Promise<void>;
  readonly onMissed: () => void;
  /** `isBehind` may be another. */
  readonly onLooked: () => void;
}

/** How long a gap may stand before it counts as missed. */
const PATIENCE_MS = 1000;
/** How long a write that was announced may take before the disk is asked for it. */
const SUSPICION_MS = 300;

export function createVersionWatch({ clock, look, onMissed, onLooked }: VersionWatchOptions): VersionWatch {
  let reached = 0;
  let expected = 0;
  const ahead = new Set<number>();
  let cancel: (() => void) | undefined;
  let suspicions = 0;
  let cancelSuspicion: (() => void) | undefined;

  const isGap = () => ahead.size > 0 || expected > reached;

  function check(): void {
    cancel = undefined;
    if (isGap()) onMissed();
  }

  function ask(): void {
    const heard = suspicions;
    void look().finally(() => {
      cancelSuspicion = heard === suspicions ? undefined : clock.after(SUSPICION_MS, ask);
      onLooked();
    });
  }

  return {
    reset(version) {
      reached = version;
      expected = 0;
      for (const seen of ahead) if (seen <= version) ahead.delete(seen);
    },
    note(version) {
      if (version > reached) ahead.add(version);
      while (ahead.delete(reached + 1)) reached += 1;
      if (ahead.size > 0) cancel ??= clock.after(PATIENCE_MS, check);
    },
    expect(version) {
      expected = Math.max(expected, version);
      if (expected > reached) cancel ??= clock.after(PATIENCE_MS, check);
    },
    suspect() {
      // What is announced while the disk is being asked may come after the answer.
      suspicions += 1;
      cancelSuspicion ??= clock.after(SUSPICION_MS, ask);
    },
    reached: () => reached,
    isBehind: () => cancelSuspicion !== undefined || isGap(),
    close() {
      cancel?.();
      cancelSuspicion?.();
      ahead.clear();
    },
  };
}
