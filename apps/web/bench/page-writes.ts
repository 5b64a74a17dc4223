import type { SyncClient } from "@safelight/sync";

/** Milliseconds, one figure a write, each beside a raw transaction of the same moment. */
export interface WriteTimes {
  readonly shown: number[];
  readonly durable: number[];
  readonly raw: number[];
}

/** So long after a write its way to the studio and back is over: the next one meets nothing of it. In milliseconds. */
const PAUSE_MS = 100;
/** Rounds that do not count, to each that does: they warm both contestants. */
const WARMING = 0.3;

/** Writes one after another: until a subscriber has the record in its list, and until the disk has it. */
export async function writesOf(sync: SyncClient, count: number): Promise<WriteTimes> {
  const database = await openRaw();
  const times: WriteTimes = { shown: [], durable: [], raw: [] };
  let shownAtMs = 0;
  const unsubscribe = sync.subscribe(() => {
    if (sync.list("styles").length > 0) shownAtMs ||= performance.now();
  }, ["styles"]);
  const uncounted = Math.ceil(count * WARMING);
  for (let index = 0; index < uncounted + count; index += 1) {
    const name = `style ${index} of a benchmark, as long as names are`;
    const rawAtMs = performance.now();
    await putRaw(database, index, {
      n: index,
      mutation: { collection: "styles", id: name, op: "create", set: { name } },
    });
    times.raw.push(performance.now() - rawAtMs);
    shownAtMs = 0;
    const startedAtMs = performance.now();
    const { durable } = sync.create("styles", { name });
    times.shown.push(shownAtMs - startedAtMs);
    await durable;
    times.durable.push(performance.now() - startedAtMs);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  unsubscribe();
  database.close();
  const counted = (list: number[]) => list.slice(uncounted);
  return { shown: counted(times.shown), durable: counted(times.durable), raw: counted(times.raw) };
}

/** Milliseconds of raw transactions, one after another. */
export async function rawTransactions(count: number): Promise<number[]> {
  const database = await openRaw();
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAtMs = performance.now();
    await putRaw(database, index, { n: index, set: { name: "a name as long as names are" } });
    times.push(performance.now() - startedAtMs);
  }
  database.close();
  return times;
}

function openRaw(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("raw", 1);
    request.addEventListener("upgradeneeded", () => void request.result.createObjectStore("rows"));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error("IndexedDB did not open.")));
  });
}

function putRaw(database: IDBDatabase, key: number, value: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(["rows"], "readwrite", { durability: "strict" });
    transaction.objectStore("rows").put(value, key);
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("error", () => reject(new Error("not written")));
  });
}
