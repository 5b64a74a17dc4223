import { MAX_PUSH_MUTATIONS } from "@safelight/shared";
import type { UploadRow } from "../ports.ts";
import { blobReferences } from "./blob-references.ts";
import { baseKeyOf, heldForMs, type OutboxRow } from "./outbox-row.ts";

/** About how many characters of JSON one push may have. */
const MAX_PUSH_CHARS = 512 * 1024;

export interface PushPlan {
  /** Rows to send now, in order of `n`, with the numbers that they are sent under. */
  readonly send: readonly OutboxRow[];
  /** Rows never sent that must let others pass: they take a new, higher number. From old `n` to the new row. */
  readonly renumber: readonly { readonly from: number; readonly row: OutboxRow }[];
  /** Rows whose bytes the server refuses: a person must look. */
  readonly refused: readonly { readonly row: OutboxRow; readonly upload: UploadRow }[];
  readonly nextN: number;
  /** When nothing is to be sent: how long until something is. */
  readonly waitMs: number | undefined;
}

export interface PushPlanInput {
  /** The whole outbox in order of `n`. */
  readonly rows: readonly OutboxRow[];
  readonly uploads: ReadonlyMap<string, UploadRow>;
  readonly nextN: number;
  readonly nowMs: number;
  /** Most rows in one push; 1 isolates a row that the server refuses. */
  readonly limit: number;
}

/**
 * What to send next. Numbers go up without gaps in time: the server takes what is at or below the last one for a
 * duplicate, so a row may only be overtaken by taking a new number, and only if it never left this device. Rows that
 * were sent before come first, as they were. A row that waits for its bytes, and what follows it on the same record,
 * lets the others pass.
 */
export function planPush({ rows, uploads, nextN, nowMs, limit }: PushPlanInput): PushPlan {
  const open = rows.filter((row) => row.acked === undefined);
  const refused: { row: OutboxRow; upload: UploadRow }[] = [];
  const blocked = new Set<OutboxRow>();
  const blockedRecords = new Set<string>();
  for (const row of open) {
    if (row.sent) continue;
    const waitsFor = missingUpload(row, uploads);
    if (waitsFor?.refused !== undefined) refused.push({ row, upload: waitsFor });
    else if (waitsFor !== undefined || blockedRecords.has(baseKeyOf(row.mutation))) {
      blocked.add(row);
      blockedRecords.add(baseKeyOf(row.mutation));
    }
  }
  const refusedRows = new Set(refused.map(({ row }) => row));
  const free = open.filter((row) => !blocked.has(row) && !refusedRows.has(row));
  // Sent before, to a studio that was restored since and lost the bytes: nothing may overtake it.
  const stuck = free.findIndex((row) => row.sent && isUploading(row, uploads));
  const sendable = stuck === -1 ? free : free.slice(0, stuck);
  const lastReady = sendable.findLastIndex((row) => heldForMs(row, nowMs) === 0);
  const send = withinLimits(sendable.slice(0, lastReady + 1), limit);
  const highest = send.at(-1)?.n ?? 0;
  const renumber: { from: number; row: OutboxRow }[] = [];
  let next = nextN;
  // A row that is overtaken takes the rows after it on the same record along: all of them are blocked.
  const mustMove = open.some((row) => blocked.has(row) && row.n < highest);
  if (mustMove) {
    for (const row of open) {
      if (!blocked.has(row)) continue;
      renumber.push({ from: row.n, row: { ...row, n: next } });
      next += 1;
    }
  }
  const held = sendable.map((row) => heldForMs(row, nowMs)).filter((leftMs) => leftMs > 0);
  const waitMs = send.length === 0 && held.length > 0 ? Math.max(...held) : undefined;
  return { send, renumber, refused, nextN: next, waitMs };
}

function isUploading(row: OutboxRow, uploads: ReadonlyMap<string, UploadRow>): boolean {
  const upload = missingUpload(row, uploads);
  return upload !== undefined && upload.refused === undefined;
}

function missingUpload(row: OutboxRow, uploads: ReadonlyMap<string, UploadRow>): UploadRow | undefined {
  if (uploads.size === 0) return undefined;
  let waiting: UploadRow | undefined;
  for (const sha256 of blobReferences(row.mutation.set)) {
    const upload = uploads.get(sha256);
    if (upload?.refused !== undefined) return upload;
    waiting ??= upload;
  }
  return waiting;
}

function withinLimits(rows: readonly OutboxRow[], limit: number): OutboxRow[] {
  const taken: OutboxRow[] = [];
  let chars = 0;
  for (const row of rows.slice(0, Math.min(limit, MAX_PUSH_MUTATIONS))) {
    chars += JSON.stringify(row.mutation).length;
    if (taken.length > 0 && chars > MAX_PUSH_CHARS) break;
    taken.push(row);
  }
  return taken;
}
