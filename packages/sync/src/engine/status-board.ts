import { deriveStatus, sameStatus, type StatusFacts } from "../core/status.ts";
import type { SyncStatus } from "../sync-client.ts";

/** The status, and who listens to it. */
export interface StatusBoard {
  readonly status: () => SyncStatus;
  /** Looks at the facts; tells the listeners when the status or a part of what they may ask for is another. */
  readonly refresh: () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** `parts` keep their identity until they change. */
export interface StatusLook {
  readonly facts: StatusFacts;
  readonly parts: readonly unknown[];
}

/** `look` answers `undefined` as long as nothing is known. */
export function createStatusBoard(look: () => StatusLook | undefined): StatusBoard {
  const listeners = new Set<() => void>();
  let status: SyncStatus = { state: "saved", at: undefined };
  let told: readonly unknown[] = [];
  return {
    status: () => status,
    refresh() {
      const found = look();
      if (found === undefined) return;
      const { facts, parts } = found;
      const next = deriveStatus(facts);
      const same = sameStatus(status, next);
      if (same && parts.every((part, index) => part === told[index])) return;
      told = parts;
      if (!same) status = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
