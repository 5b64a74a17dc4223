import type { ChangeOp, Conflict } from "@safelight/shared";
import type { Rejection } from "./client-mark.ts";

/** What a journal line says of its client: how far it has been taken, and what was refused in this commit. */
export interface MutationMark {
  readonly clientId: string;
  readonly n: number;
  readonly rejected?: readonly Rejection[];
}

/** One change on its way into a line; `json` is the record's text, taken as it is. */
export interface JournalChange {
  readonly collection: string;
  readonly id: string;
  readonly op: ChangeOp;
  /** Names of the fields that changed, for the history. */
  readonly fields: readonly string[];
  readonly json: string | undefined;
  readonly conflict: Conflict | undefined;
  /** Where a purged record lived; the others say it themselves. */
  readonly home: string;
}

export interface JournalBody {
  readonly at: string;
  readonly by: string;
  readonly mutation?: MutationMark;
  readonly changes: readonly JournalChange[];
}

/** A line's JSON without its `seq` and `durable`, which are known only when it is written. */
export function journalBody({ at, by, mutation, changes }: JournalBody): string {
  const mark = mutation === undefined ? "" : `"mutation":${JSON.stringify(mutation)},`;
  return `"at":"${at}","by":${JSON.stringify(by)},${mark}"changes":[${changes.map(changeText).join(",")}]}`;
}

/** A line's JSON. `durable`: the highest `seq` known to be durable when the line is written. */
export function journalJson(seq: number, durable: number, body: string): string {
  return `{"seq":${seq},"durable":${durable},${body}`;
}

function changeText(change: JournalChange): string {
  const head = `{"collection":"${change.collection}","id":${JSON.stringify(change.id)},"op":"${change.op}"`;
  const conflict = change.conflict === undefined ? "" : `,"conflict":${JSON.stringify(change.conflict)}`;
  if (change.json === undefined) return `${head},"document":${JSON.stringify(change.home)}${conflict}}`;
  const fields = `,"fields":${JSON.stringify(change.fields)}`;
  return `${head}${fields}${conflict},"record":${change.json}}`;
}
