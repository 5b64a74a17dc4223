import { type FileStore, openFileStore } from "@safelight/store";
import { afterEach, beforeEach } from "vitest";
import { createTestApp, type TestApp } from "./create-test-app.ts";
import { makeTempDir } from "./temp-dir.ts";

/** A studio over a real data folder. Its parts exist while a test runs, and are others after `restart`. */
export interface DiskStudio {
  /** The data folder. */
  readonly path: string;
  readonly store: FileStore;
  readonly server: TestApp;
  /** Ends the studio as a person would, and starts it again over the same folder. */
  restart(): Promise<void>;
}

/** Gives each test of the file that calls it a studio over an empty folder. */
export function useDiskStudio(): DiskStudio {
  let folder: ReturnType<typeof makeTempDir>;
  let store: FileStore;
  let server: TestApp;

  async function start(): Promise<void> {
    store = await openFileStore({ dataDir: folder.path });
    server = await createTestApp({ store, config: { dataDir: folder.path } });
  }

  async function stop(): Promise<void> {
    await server.close();
    await store.close();
  }

  beforeEach(async () => {
    folder = makeTempDir();
    await start();
  });
  afterEach(async () => {
    await stop();
    folder.remove();
  });

  return {
    get path() {
      return folder.path;
    },
    get store() {
      return store;
    },
    get server() {
      return server;
    },
    async restart() {
      await stop();
      await start();
    },
  };
}
