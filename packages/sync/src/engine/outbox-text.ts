import { SCHEMA_VERSION } from "@safelight/shared";
import type { OutboxRow } from "../core/outbox-row.ts";
import type { Salvage } from "../ports.ts";
import type { AttentionItem } from "../sync-client.ts";

export interface Unsaved {
  readonly clientId: string;
  readonly rows: readonly OutboxRow[];
  readonly attention: readonly AttentionItem[];
  /** What could be read of a database that is broken. */
  readonly salvage?: Salvage;
}

/**
 * Everything that is on this device alone, as JSON text for a file. Not a part that is loaded late: it is asked for when
 * nothing can be loaded.
 */
export function outboxText({ clientId, rows, attention, salvage }: Unsaved): string {
  const kept = [...(salvage ?? [])].filter(([table]) => table !== "blobs");
  const rescued = Object.fromEntries(kept.map(([table, held]) => [table, held.map(([, row]) => row)]));
  const file = {
    format: "safelight-outbox",
    schema: SCHEMA_VERSION,
    clientId,
    waiting: rows.map(({ n, mutation, atMs }) => ({ n, ...mutation, atMs })),
    attention,
    ...(salvage === undefined ? {} : { rescued }),
  };
  return JSON.stringify(file, null, 1);
}
