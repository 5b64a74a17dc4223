import { type CollectionName, type Json, jsonEqual, type JsonObject, type Mutation } from "@safelight/shared";

/** A mutation of a known collection. */
export interface LocalMutation extends Mutation {
  readonly collection: CollectionName;
}

/** One mutation that the server's answer, or the base, has not caught up with. */
export interface OutboxRow {
  readonly n: number;
  readonly mutation: LocalMutation;
  /** Epoch milliseconds by this device's clock: what the screen shows as the time of the change. */
  readonly atMs: number;
  /** A later edit of a field that is being changed rapidly: not sent before this time. */
  readonly holdUntilMs?: number;
  /** Has left this device under this `n`: its content may not change any more. */
  readonly sent: boolean;
  /** The server has it; the row leaves when the base has reached this place. */
  readonly acked?: { readonly epoch: string; readonly seq: number };
}

/** A mutation that the server acknowledged. */
export interface AckedRow {
  readonly mutation: LocalMutation;
  readonly atMs: number;
}

/** How long rapid edits of one record are gathered in one row, in milliseconds. */
const COALESCE_WINDOW_MS = 300;

export function baseKeyOf(mutation: { readonly collection: string; readonly id: string }): string {
  return `${mutation.collection}/${mutation.id}`;
}

/** Whether `next` may be taken into `row`, the last one of the same record: made soon after it, and knowing of it. */
export function canCoalesce(row: OutboxRow, next: OutboxRow): boolean {
  if (row.sent || row.acked !== undefined || next.mutation.op !== "update") return false;
  if (row.mutation.op !== "update" && row.mutation.op !== "create") return false;
  const ageMs = next.atMs - row.atMs;
  return ageMs >= 0 && ageMs < COALESCE_WINDOW_MS && sawValuesOf(row.mutation, next.mutation);
}

/** An edit of another tab that did not see the first one is a conflict, which is the server's to keep. */
function sawValuesOf(first: LocalMutation, next: LocalMutation): boolean {
  return Object.entries(next.was ?? {}).every(
    ([name, seen]) => first.set?.[name] === undefined || jsonEqual(first.set[name], seen),
  );
}

/** One row for two: the first one's `was`, the second one's `set`. Keeps the first one's `n` and time. */
export function coalesce(row: OutboxRow, next: OutboxRow): OutboxRow {
  return { ...row, mutation: joinMutations(row.mutation, next.mutation) };
}

/** `first`, a create or an update, and the update that follows it on the same record, as one mutation. */
function joinMutations(first: LocalMutation, next: LocalMutation): LocalMutation {
  const set: JsonObject = { ...first.set, ...next.set };
  if (first.op === "create") return { ...first, set };
  return { ...first, set, was: { ...onlyFresh(next.was, first.set), ...first.was } };
}

/** A field that the first mutation set is not new to the server by what the second one saw in it. */
function onlyFresh(was: JsonObject | undefined, set: JsonObject | undefined): Record<string, Json> {
  return Object.fromEntries(Object.entries(was ?? {}).filter(([name]) => !Object.hasOwn(set ?? {}, name)));
}

/** When a new row that follows rapid edits of the same record may be sent; `undefined` for at once. */
export function holdUntil(previousAtMs: number | undefined, atMs: number): number | undefined {
  if (previousAtMs === undefined) return undefined;
  const sinceMs = atMs - previousAtMs;
  return sinceMs >= 0 && sinceMs < COALESCE_WINDOW_MS ? atMs + COALESCE_WINDOW_MS : undefined;
}

/** How long a row is still held, in milliseconds. A clock that jumped never holds one longer than the window. */
export function heldForMs(row: OutboxRow, nowMs: number): number {
  if (row.holdUntilMs === undefined || row.sent) return 0;
  const leftMs = row.holdUntilMs - nowMs;
  return leftMs > 0 && leftMs <= COALESCE_WINDOW_MS ? leftMs : 0;
}
