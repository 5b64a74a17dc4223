import type { Rejection } from "./client-mark.ts";
import type { Entry } from "./entry.ts";

/** What a journal line says of its client: how far it has been taken, and what was refused in this commit. */
export interface MutationMark {
  readonly clientId: string;
  readonly n: number;
  readonly rejected?: readonly Rejection[];
}

/** One change on its way into a line: a record's new state, and the names of the fields that changed, for the history. */
export interface JournalChange {
  readonly entry: Entry;
  readonly fields: readonly string[];
}

export interface JournalBody {
  readonly at: string;
  readonly by: string;
  readonly mutation?: MutationMark | undefined;
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

function changeText({ entry, fields }: JournalChange): string {
  // Ids are such that none needs an escape.
  const head = `{"collection":"${entry.collection}","id":"${entry.id}","op":"${entry.op}"`;
  const conflict = entry.conflict === undefined ? "" : `,"conflict":${JSON.stringify(entry.conflict)}`;
  if (entry.json === undefined) return `${head},"document":${JSON.stringify(entry.home)}${conflict}}`;
  // Names of a schema's fields need no escape either.
  const names = fields.length === 0 ? "" : `"${fields.join('","')}"`;
  return `${head},"fields":[${names}]${conflict},"record":${entry.json}}`;
}
