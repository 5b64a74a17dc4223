import type { OutboxRow } from "../core/outbox-row.ts";
import { newSyncState, type SyncState } from "../core/sync-state.ts";
import type { Tables } from "../ports.ts";
import type { AttentionItem } from "../sync-client.ts";
import { isProvisional } from "./provisional-n.ts";

/** Numbers that other tabs may have given without this one hearing of it. */
const NUMBERS_UNHEARD_OF = 1000;

/**
 * The database was deleted, or another tab has made a new one since: what this tab knows of waiting work is written
 * into it. Under the old client id the numbers stay, so that what was sent has one effect; under another one they
 * are new. Answers the state after it, not written yet.
 */
export function writeAnew(
  tables: Tables,
  held: SyncState,
  found: SyncState | undefined,
  waiting: { readonly rows: readonly OutboxRow[]; readonly attention: readonly AttentionItem[] },
): SyncState {
  const nextN = held.nextN + NUMBERS_UNHEARD_OF;
  const { clientId, version, epoch } = held;
  const start = found ?? {
    ...newSyncState(clientId),
    nextN,
    version,
    ...(epoch === undefined ? {} : { epoch }),
  };
  let next = start.nextN;
  for (const row of waiting.rows) {
    if (isProvisional(row.n)) continue;
    if (found === undefined) tables.outbox.put(row.n, row);
    else {
      const { acked: _, ...open } = row;
      tables.outbox.put(next, { ...open, n: next, sent: false });
      next += 1;
    }
  }
  for (const item of waiting.attention) tables.attention.put(item.n, item);
  return { ...start, nextN: next };
}
