import { promisifyRequest } from "idb-keyval";
import { STATE_KEY, type SyncState } from "../core/sync-state.ts";
import { type Salvage, type Storage, TABLE_NAMES, type TableName } from "../ports.ts";
import { type IdbStorageOptions, openIdbStorage } from "./idb-storage.ts";

/** Another tab that does not let go of the database within this time keeps it from being deleted, in milliseconds. */
const BLOCKED_MS = 5000;

/**
 * Reads everything that only this device has, row by row where a table fails. Bytes are copied: those of a deleted
 * database may be gone with it. What cannot be read is left out; the base is, for the server has it.
 */
export async function salvageDatabase({ name, factory = indexedDB }: IdbStorageOptions): Promise<Salvage> {
  const salvage = new Map<TableName, readonly (readonly [IDBValidKey, unknown])[]>();
  let database: IDBDatabase;
  try {
    database = await promisifyRequest(factory.open(name));
  } catch {
    // It does not open: there is nothing to read.
    return salvage;
  }
  for (const table of TABLE_NAMES) {
    if (table === "base" || table === "packs" || !database.objectStoreNames.contains(table)) continue;
    salvage.set(table, await rowsOf(database, table));
  }
  database.close();
  return salvage;
}

/**
 * Deletes the database, makes a new one and puts into it what could be read of the old one, unless another tab has done
 * so. Rejects, with the old one as it was, when that cannot be deleted.
 */
export async function rebuildDatabase(options: IdbStorageOptions): Promise<Storage> {
  const salvage = await salvageDatabase(options);
  await deleteDatabase(options);
  const storage = await openIdbStorage(options);
  await storage.transact("write", TABLE_NAMES, async (tables) => {
    if (await tables.meta.has(STATE_KEY)) return;
    for (const [table, rows] of salvage) {
      const target = tables[table] as { put(key: IDBValidKey, value: unknown): void };
      for (const [key, value] of rows) target.put(key, table === "meta" ? withoutBase(value) : value);
    }
  });
  return storage;
}

async function rowsOf(database: IDBDatabase, table: TableName): Promise<[IDBValidKey, unknown][]> {
  const rows: [IDBValidKey, unknown][] = [];
  // A request that fails ends its transaction: one for each.
  const ask = <T>(request: (store: IDBObjectStore) => IDBRequest<T>) =>
    promisifyRequest(request(database.transaction([table], "readonly").objectStore(table)));
  try {
    for (const key of await ask((store) => store.getAllKeys())) {
      try {
        rows.push([key, await copyOf(await ask<unknown>((store) => store.get(key)))]);
      } catch {
        // This row is lost; the others need not be.
      }
    }
  } catch {
    // Not even the keys can be read.
  }
  return rows;
}

async function copyOf(value: unknown): Promise<unknown> {
  if (typeof value !== "object" || value === null || !("bytes" in value)) return value;
  const { bytes } = value;
  if (!(bytes instanceof Blob)) return value;
  return { ...value, bytes: new Blob([await bytes.arrayBuffer()], { type: bytes.type }) };
}

/** The base is not taken along: it is fetched anew. */
function withoutBase(state: unknown): unknown {
  const { cursor: _, snapshot: __, ...kept } = state as SyncState;
  return kept;
}

/** Other tabs make way when they are told; one that cannot hear it fails this. */
function deleteDatabase({ name, factory = indexedDB }: IdbStorageOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const blocked = () =>
      reject(new Error("Another tab holds the database. Close the other tabs of this page."));
    const timer = setTimeout(blocked, BLOCKED_MS);
    const request = factory.deleteDatabase(name);
    request.addEventListener("success", () => {
      clearTimeout(timer);
      resolve();
    });
    request.addEventListener("error", () => {
      clearTimeout(timer);
      reject(request.error ?? new Error("The database cannot be deleted."));
    });
  });
}
