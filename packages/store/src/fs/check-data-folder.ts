import { StoreError, type StoreErrorCode } from "../store-error.ts";
import type { StoreHealth } from "../store-health.ts";
import { type LockHolder, readHolder } from "./file-lock.ts";
import { createNodeFs } from "./node-fs.ts";
import { openFileStore } from "./open-file-store.ts";
import { STUDIO_FILE } from "./studio-file.ts";

/** What a data folder is, in a form to print. */
export interface DataFolderReport {
  readonly dataDir: string;
  /** `created`: made just now. `ready`: it was there and is whole. `in-use`: another process holds it. `refused`: see `problem`. */
  readonly state: "created" | "ready" | "in-use" | "refused";
  /** Epoch, place, records and what opening it found and mended; absent unless it was opened. */
  readonly health: StoreHealth | undefined;
  readonly holder: LockHolder | undefined;
  readonly problem: { readonly code: StoreErrorCode; readonly message: string } | undefined;
}

/**
 * Creates the data folder if it is missing, and checks it by opening the store as a start would, repairs included. A folder that
 * another process holds is not touched.
 */
export async function checkDataFolder(dataDir: string): Promise<DataFolderReport> {
  const fs = createNodeFs(dataDir);
  const isNew = (await fs.info(STUDIO_FILE)) === undefined;
  try {
    const store = await openFileStore({ dataDir });
    const health = store.health();
    await store.close();
    return { dataDir, state: isNew ? "created" : "ready", health, holder: undefined, problem: undefined };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const locked = error.code === "store.locked";
    return {
      dataDir,
      state: locked ? "in-use" : "refused",
      health: undefined,
      holder: locked ? await readHolder(fs) : undefined,
      problem: { code: error.code, message: error.message },
    };
  }
}
