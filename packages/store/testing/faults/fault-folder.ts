import { openFileStore, type FileStoreOptions } from "../../src/fs/open-file-store.ts";
import { createNodeFs } from "../../src/fs/node-fs.ts";
import type { Store } from "../../src/index.ts";
import { type DataFolder, dataFolder } from "../data-folder.ts";
import { createFaultyFs, type FaultyFs } from "./faulty-fs.ts";

/** A data folder on a real disk whose calls can be made to fail. */
export interface FaultFolder {
  readonly folder: DataFolder;
  /** Where the store that was opened last is struck. */
  readonly faults: FaultyFs;
  /** Opens a store; faults may be there from its first call on. */
  open(options?: Partial<FileStoreOptions>): Promise<Store>;
  dispose(): Promise<void>;
}

/** Documents are written when a test asks for it, not by the clock. */
const NEVER_MS = 3_600_000;

export async function faultFolder(): Promise<FaultFolder> {
  const folder = await dataFolder();
  const faults = createFaultyFs(createNodeFs(folder.path));
  const opened: Store[] = [];
  return {
    folder,
    faults,
    async open(options = {}) {
      const store = await openFileStore({
        dataDir: folder.path,
        checkpointQuietMs: NEVER_MS,
        createFs: () => faults,
        ...options,
      });
      opened.push(store);
      return store;
    },
    async dispose() {
      faults.liftAll();
      for (const store of opened) {
        await store.close().catch(() => {
          // A store that turned read-only may refuse its last checkpoint; what it says then is tested where it matters.
        });
      }
      await folder.dispose();
    },
  };
}
