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
 * the state and not from the segments, while they are asked for: what changed after `to`, or changes meanwhile, stands in later segments.
 * The head comes first and last, so that damage to one does not hide what the segment is.
 */
export function* carriedLines(state: StoreState, request: CarryRequest): Generator<string, void, undefined> {
  const { to, floors, at } = request;
  const floorOf = ({ home, json }: Entry) =>
    json === undefined
      ? Math.min(floors[home] ?? 0, floors[request.tombstonesDocument] ?? 0)
      : (floors[home] ?? 0);

  const head = headLine(state, request);
  yield head;
  for (const [clientId, { seq, n, rejections }] of state.marks()) {
    if (seq <= (floors[request.clientsDocument] ?? 0)) continue;
    // A mark past `to` has its place in a later line; what it had refused by then is told here.
    const mutation = { clientId, n: seq <= to ? n : 0, rejected: rejections };
    yield journalJson(Math.min(seq, to), to, journalBody({ at, by: "carry", mutation, changes: [] }));
  }
  let together: Entry[] = [];
  const line = () =>
    journalJson(
      together[0]?.seq ?? 0,
      to,
      journalBody({ at, by: "carry", changes: together.map((entry) => ({ entry, fields: [] })) }),
    );
  for (const entry of state.inOrder(to)) {
    if (entry.seq <= floorOf(entry)) continue;
    // A commit stays whole: its changes are one line.
    if (together.length > 0 && together[0]?.seq !== entry.seq) {
      yield line();
      together = [];
    }
    together.push(entry);
  }
  if (together.length > 0) yield line();
  yield head;
}

function headLine(state: StoreState, { to, floors, at }: CarryRequest): string {
  const carried = { to, floors, counters: Object.fromEntries(state.counters()) };
  return `{"seq":0,"durable":${to},"at":"${at}","by":"carry","carried":${JSON.stringify(carried)},"changes":[]}`;
}
