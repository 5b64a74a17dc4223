import { type AnyRecord, jsonEqual } from "@safelight/shared";
import type { ViewChange } from "../core/create-view.ts";
import type { RecordEvent } from "../sync-client.ts";

/** Who wants to hear of single records. */
export interface RecordListeners {
  add(key: string, listener: (event: RecordEvent) => void): () => void;
  /** `own` is the record that this tab has just written itself. */
  tell(changes: readonly ViewChange[], own: string | undefined): void;
}

/** Every acknowledgement changes these, and nobody edits them. */
const UNTOLD: ReadonlySet<string> = new Set(["id", "rev", "createdAt", "updatedAt"]);

export function createRecordListeners(): RecordListeners {
  const listeners = new Map<string, Set<(event: RecordEvent) => void>>();
  return {
    add(key, listener) {
      // A listener may be given twice.
      const own = (event: RecordEvent) => listener(event);
      const held = listeners.get(key) ?? new Set();
      listeners.set(key, held.add(own));
      return () => {
        held.delete(own);
        if (held.size === 0 && listeners.get(key) === held) listeners.delete(key);
      };
    },
    tell(changes, own) {
      if (listeners.size === 0) return;
      for (const { key, before, after } of changes) {
        const held = listeners.get(key);
        if (held === undefined) continue;
        const fields = changedFields(before, after);
        if (fields.length === 0) continue;
        const event = { origin: key === own ? "local" : "remote", before, after, fields } as const;
        for (const listener of held) listener(event);
      }
    },
  };
}

function changedFields(before: AnyRecord | undefined, after: AnyRecord | undefined): string[] {
  return Object.keys({ ...before, ...after }).filter(
    (name) => !UNTOLD.has(name) && !jsonEqual(before?.[name], after?.[name]),
  );
}
