import type { Clock } from "../ports.ts";

/** Notices when a tab missed a change: versions come without gaps, though not always in order. */
export interface VersionWatch {
  reset(version: number): void;
  /** The change that led to `version` is in memory. */
  note(version: number): void;
  /** The disk is at `version`: what led to it should be heard of soon. */
  expect(version: number): void;
  close(): void;
}

/** How long a gap may stand before it counts as missed. */
const PATIENCE_MS = 1000;

export function createVersionWatch(clock: Clock, onMissed: () => void): VersionWatch {
  let reached = 0;
  let expected = 0;
  const ahead = new Set<number>();
  let cancel: (() => void) | undefined;

  function check(): void {
    cancel = undefined;
    if (ahead.size > 0 || expected > reached) onMissed();
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
    close() {
      cancel?.();
      ahead.clear();
    },
  };
}
