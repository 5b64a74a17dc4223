import type { Storage, StorageFault } from "../ports.ts";
import { type IdbStorageOptions, NEWER_LAYOUT, openIdbStorage } from "./idb-storage.ts";

/** IndexedDB, or memory where there is none; what is broken can be rebuilt under the engine that uses it. */
export interface BrowserStorage extends Storage {
  /** Works in memory from here on: the database opened, but what is in it cannot be read. */
  giveUp(error: unknown): Promise<void>;
}

/** Errors of a browser that offers no database here, such as a private window's. */
const NOT_OFFERED: ReadonlySet<string> = new Set(["InvalidStateError", "SecurityError", "ReferenceError"]);

export async function openBrowserStorage(options: IdbStorageOptions): Promise<BrowserStorage> {
  let fault: StorageFault | undefined;
  let inner: Storage;

  async function useMemory(error: unknown): Promise<void> {
    const { createMemoryStorage } = await import("./memory-storage.ts");
    inner = createMemoryStorage();
    fault = faultOf(error);
  }

  try {
    inner = await openIdbStorage(options);
  } catch (error) {
    await useMemory(error);
  }
  return {
    get kind() {
      return inner.kind;
    },
    get fault() {
      return fault ?? inner.fault;
    },
    transact: (mode, names, work) => inner.transact(mode, names, work),
    close: () => inner.close(),
    giveUp: useMemory,
    async salvage() {
      const { salvageDatabase } = await import("./salvage-database.ts");
      return salvageDatabase(options);
    },
    async rebuild() {
      const { rebuildDatabase } = await import("./salvage-database.ts");
      inner = await rebuildDatabase(options);
      fault = undefined;
    },
  };
}

function faultOf(error: unknown): StorageFault | undefined {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === "VersionError") {
    return { reason: NEWER_LAYOUT, mendable: false };
  }
  if (NOT_OFFERED.has(name)) return undefined;
  return { reason: `This browser's storage does not work: ${message}`, mendable: true };
}
