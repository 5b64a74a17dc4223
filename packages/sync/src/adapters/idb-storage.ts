import { promisifyRequest } from "idb-keyval";
import {
  type BaseRow,
  LASTING_TABLES,
  type Storage,
  type Table,
  TABLE_NAMES,
  type TableName,
  type Tables,
  type TableTypes,
  type TransactionMode,
} from "../ports.ts";
import { STATE_KEY, type SyncState } from "../core/sync-state.ts";

export interface IdbStorageOptions {
  readonly name: string;
  readonly factory?: IDBFactory;
}

/**
 * Layout of the database. A bundle that starts on a newer layout works in memory; one that meets it while it runs
 * goes on keeping what is written, in the tables that every layout has.
 * 1: first, a row for every record. 2: snapshots in packs; the base, a cache, is fetched anew.
 */
const LAYOUT_VERSION = 2;
const NEWEST = "newest";
export const NEWER_LAYOUT = "A newer version of this page has been open here. Reload.";

/**
 * The engine's tables in one IndexedDB database. A write is one transaction with strict durability: when it resolves,
 * the browser has flushed it to the disk. A connection that the browser closed is opened again.
 */
export async function openIdbStorage(options: IdbStorageOptions): Promise<Storage> {
  const factory = options.factory ?? indexedDB;
  let connection: Promise<IDBDatabase> | undefined;
  /** What `connection` came to. */
  let connected: IDBDatabase | undefined;
  let closed = false;
  let started = false;
  let outdated = false;

  async function openNow(): Promise<IDBDatabase> {
    const { name } = options;
    try {
      return await openDatabase({ factory, name, version: LAYOUT_VERSION, onClose: forget });
    } catch (error) {
      if (!started || !(error instanceof DOMException) || error.name !== "VersionError") throw error;
      const database = await openDatabase({ factory, name, version: undefined, onClose: forget });
      outdated = true;
      return database;
    }
  }

  async function connect(): Promise<IDBDatabase> {
    const mine = (connection ??= openNow());
    try {
      const database = await mine;
      if (mine === connection) connected = database;
      return database;
    } catch (error) {
      forget();
      throw error;
    }
  }
  function forget(): void {
    connection = undefined;
    connected = undefined;
  }

  function begin(database: IDBDatabase, mode: TransactionMode, names: readonly TableName[]): IDBTransaction {
    if (outdated && names.some((name) => !LASTING_TABLES.includes(name))) {
      throw new DOMException(NEWER_LAYOUT, "VersionError");
    }
    return database.transaction([...names], mode === "read" ? "readonly" : "readwrite", {
      durability: mode === "write" ? "strict" : "relaxed",
    });
  }

  await connect();
  started = true;
  return {
    kind: "disk",
    get fault() {
      return outdated ? { reason: NEWER_LAYOUT, mendable: false, outdated } : undefined;
    },
    async transact(mode, names, work) {
      let transaction: IDBTransaction;
      try {
        // With no turn of the loop between: what a page draws for a write goes on beside it.
        transaction = begin(connected ?? (await connect()), mode, names);
      } catch (error) {
        // The browser closes connections of its own accord and does not always say so.
        if (closed || !(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
        forget();
        transaction = begin(await connect(), mode, names);
      }
      const done = promisifyRequest(transaction);
      // Read below; without this a failure before that would count as unhandled.
      done.catch(() => undefined);
      try {
        const result = await work(tablesOf(transaction, names));
        transaction.commit();
        await done;
        return result;
      } catch (error) {
        abort(transaction);
        throw transaction.error ?? error;
      }
    },
    async close() {
      closed = true;
      const open = await connection?.catch(() => undefined);
      open?.close();
    },
  };
}

interface OpenRequest {
  readonly factory: IDBFactory;
  readonly name: string;
  /** `undefined`: whatever there is, and nothing is made. */
  readonly version: number | undefined;
  readonly onClose: () => void;
}

function openDatabase({ factory, name, version, onClose }: OpenRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = version === undefined ? factory.open(name) : factory.open(name, version);
    request.addEventListener("upgradeneeded", ({ oldVersion }) => {
      if (version === undefined) {
        request.transaction?.abort();
        return;
      }
      if (oldVersion === 1) request.result.deleteObjectStore("base");
      for (const table of TABLE_NAMES) {
        if (request.result.objectStoreNames.contains(table)) continue;
        const store = request.result.createObjectStore(table);
        if (table === "base") store.createIndex(NEWEST, "order");
      }
      if (oldVersion === 1 && request.transaction !== null) forgetCursor(request.transaction);
    });
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB did not open.")));
    request.addEventListener("success", () => {
      const database = request.result;
      database.addEventListener("close", onClose);
      // Another tab deletes or upgrades the database: make way, and open again at the next use.
      database.addEventListener("versionchange", () => {
        database.close();
        onClose();
      });
      resolve(database);
    });
  });
}

/** What the base held is gone: the next sync starts with a snapshot. What waits is where it was. */
function forgetCursor(transaction: IDBTransaction): void {
  const meta = transaction.objectStore("meta");
  const reading: IDBRequest<SyncState | undefined> = meta.get(STATE_KEY);
  reading.addEventListener("success", () => {
    if (reading.result === undefined) return;
    const { cursor: _, snapshot: __, ...kept } = reading.result;
    meta.put(kept, STATE_KEY);
  });
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself already.
  }
}

function tablesOf(transaction: IDBTransaction, names: readonly TableName[]): Tables {
  const table = <N extends TableName>(name: N) =>
    tableOf<TableTypes[N]["key"], TableTypes[N]["value"]>(() => {
      if (!names.includes(name)) throw new Error(`The transaction does not cover "${name}".`);
      return transaction.objectStore(name);
    });
  return {
    base: table("base"),
    packs: table("packs"),
    outbox: table("outbox"),
    attention: table("attention"),
    acked: table("acked"),
    meta: table("meta"),
    blobs: table("blobs"),
    uploads: table("uploads"),
    newest(limit, after) {
      const range = after === undefined ? null : IDBKeyRange.upperBound(-after, true);
      return promisifyRequest<BaseRow[]>(transaction.objectStore("base").index(NEWEST).getAll(range, limit));
    },
  };
}

function tableOf<K extends string | number, V>(store: () => IDBObjectStore): Table<K, V> {
  return {
    get: (key) => promisifyRequest<V | undefined>(store().get(key)),
    has: async (key) => (await promisifyRequest(store().getKey(key))) !== undefined,
    keys: async () => (await promisifyRequest(store().getAllKeys())) as K[],
    async page({ from, after, limit } = {}) {
      const range = rangeOf(from, after);
      const [keys, values] = await Promise.all([
        promisifyRequest(store().getAllKeys(range, limit)),
        promisifyRequest<V[]>(store().getAll(range, limit)),
      ]);
      return values.map((value, index): [K, V] => [keys[index] as K, value]);
    },
    put(key, value) {
      store().put(value, key);
    },
    delete(key) {
      store().delete(key);
    },
  };
}

function rangeOf(from: string | number | undefined, after: string | number | undefined): IDBKeyRange | null {
  if (after !== undefined) return IDBKeyRange.lowerBound(after, true);
  return from === undefined ? null : IDBKeyRange.lowerBound(from);
}
