import { parseCursor, type PushResponse, type PushResult } from "@safelight/shared";
import type { AttentionItem } from "../sync-client.ts";
import type { OutboxRow } from "./outbox-row.ts";

export interface Settlement {
  /** Rows that the server has, marked with the place that the base must reach. */
  readonly acked: readonly OutboxRow[];
  /** Rows that it will not take. */
  readonly attention: readonly AttentionItem[];
}

/**
 * What the answer to a push means for the rows still in the outbox. A row without a result, or one that is not in the
 * outbox any more, is left as it is.
 */
export function planSettlement(
  rows: readonly OutboxRow[],
  response: PushResponse,
  atIso: string,
): Settlement {
  const cursor = parseCursor(response.cursor);
  const byN = new Map(rows.map((row) => [row.n, row]));
  const acked: OutboxRow[] = [];
  const attention: AttentionItem[] = [];
  for (const result of response.results) {
    const row = byN.get(result.n);
    if (row === undefined || row.acked !== undefined || cursor === undefined) continue;
    if (result.status === "rejected") attention.push(attentionOf(row, result, atIso));
    else acked.push({ ...row, acked: { epoch: cursor.epoch, seq: result.seq ?? cursor.seq } });
  }
  return { acked, attention };
}

/** The list entry for a row that the server refuses. */
export function attentionOf(
  row: OutboxRow,
  why: Pick<PushResult, "code" | "path" | "message">,
  atIso: string,
): AttentionItem {
  const { collection, id, op, set, was } = row.mutation;
  return {
    n: row.n,
    collection,
    id,
    op,
    ...(set === undefined ? {} : { set }),
    ...(was === undefined ? {} : { was }),
    code: why.code ?? "sync.refused",
    path: why.path ?? "",
    message: why.message ?? "The server refused this change.",
    at: atIso,
  };
}

/** Whether the base, being at `cursor`, holds what the row did. */
export function isCaughtUp(row: OutboxRow, cursor: string | undefined): boolean {
  if (row.acked === undefined || cursor === undefined) return false;
  const place = parseCursor(cursor);
  return place !== undefined && place.epoch === row.acked.epoch && place.seq >= row.acked.seq;
}
