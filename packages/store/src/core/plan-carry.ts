import { journalBody, journalJson } from "./journal-line.ts";
import type { Entry } from "./entry.ts";
import type { StoreState } from "./store-state.ts";

/** What takes the place of the journal up to and with `to`. */
export interface CarryRequest {
  readonly to: number;
  /** Per document, the `seq` that both its file and its `.backup` hold; 0 where it has no `.backup`. */
  readonly floors: Readonly<Record<string, number>>;
  /** Name of the document of clients' marks. */
  readonly clientsDocument: string;
  /** Name of the document of tombstones. */
  readonly tombstonesDocument: string;
  readonly at: string;
}

/**
 * Lines of a carried segment: for each document the latest state of the records that changed after its floor. Taken from
 * the state and not from the segments: what changed after `to` stands in later segments.
 * The head comes first and last, so that damage to one does not hide what the segment is.
 */
export function* carriedLines(state: StoreState, request: CarryRequest): Generator<string, void, undefined> {
  const { to, floors, at } = request;
  const kept: Entry[] = [];
  for (const path of state.homes()) {
    const floor = floors[path] ?? 0;
    for (const { entries } of state.parts(path)) {
      for (const entry of entries.values()) if (entry.seq > floor && entry.seq <= to) kept.push(entry);
    }
  }
  for (const entry of state.tombstones()) {
    const floor = Math.min(floors[entry.home] ?? 0, floors[request.tombstonesDocument] ?? 0);
    if (entry.seq > floor && entry.seq <= to) kept.push(entry);
  }
  kept.sort((a, b) => a.seq - b.seq);

  const head = headLine(state, request);
  yield head;
  for (const [clientId, { seq, n, rejections }] of state.marks()) {
    if (seq <= (floors[request.clientsDocument] ?? 0)) continue;
    // A mark past `to` has its place in a later line; what it had refused by then is told here.
    const mutation = { clientId, n: seq <= to ? n : 0, rejected: rejections };
    yield journalJson(Math.min(seq, to), to, journalBody({ at, by: "carry", mutation, changes: [] }));
  }
  for (let from = 0; from < kept.length;) {
    const seq = kept[from]?.seq ?? 0;
    let end = from;
    while (end < kept.length && kept[end]?.seq === seq) end += 1;
    const changes = kept.slice(from, end).map((entry) => ({ entry, fields: [] }));
    yield journalJson(seq, to, journalBody({ at, by: "carry", changes }));
    from = end;
  }
  yield head;
}

function headLine(state: StoreState, { to, floors, at }: CarryRequest): string {
  const carried = { to, floors, counters: Object.fromEntries(state.counters()) };
  return `{"seq":0,"durable":${to},"at":"${at}","by":"carry","carried":${JSON.stringify(carried)},"changes":[]}`;
}
