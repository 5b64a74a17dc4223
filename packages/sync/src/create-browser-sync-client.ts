import { afterPaint } from "./adapters/after-paint.ts";
import { type BrowserStorage, openBrowserStorage } from "./adapters/browser-storage.ts";
import { loadLateParts } from "./adapters/load-late-parts.ts";
import { createLockedTabs } from "./adapters/locked-tabs.ts";
import { systemClock } from "./adapters/system-clock.ts";
import { createSyncClient } from "./create-sync-client.ts";
import { LATE_LOADS } from "./engine/late-loads.ts";
import type { Tabs } from "./ports.ts";
import type { SyncClient } from "./sync-client.ts";

export interface BrowserSyncClientOptions {
  /** Origin of the studio, without a slash at the end; empty for the page's own. */
  readonly baseUrl: string;
  /** A UUID version 7. */
  readonly newUuid: () => string;
  readonly databaseName?: string;
  /** The database of that name, when it has been opened before. */
  readonly storage?: Promise<BrowserStorage>;
  /** What this device is called where its changes are shown; read when they are sent. */
  readonly deviceName?: () => string;
  /** Frees what the page keeps beside the database, such as cached pictures. */
  readonly freeSpace?: () => Promise<void>;
}

/**
 * The engine with a browser's own parts: IndexedDB, or memory where there is none (a private window), fetch, Web
 * Locks, or a lease where there are none (plain HTTP). Focus, `online` and a tab that is shown again try the network.
 */
export async function createBrowserSyncClient(options: BrowserSyncClientOptions): Promise<SyncClient> {
  const { baseUrl, newUuid, databaseName = "safelight", deviceName, freeSpace } = options;
  const loadTransport = () => import("./adapters/http-transport.ts");
  // On their way while the database opens; whoever leads asks for them again, and hears of it when they do not come.
  Promise.all([LATE_LOADS.leader(), loadTransport()]).catch(() => undefined);
  const storage = await (options.storage ?? openBrowserStorage({ name: databaseName }));
  const tabs = await openTabs(
    storage.kind === "disk" ? databaseName : `${databaseName}-${newUuid()}`,
    newUuid(),
  );
  const client = createSyncClient({
    storage,
    tabs,
    transport: async () => {
      const { createHttpTransport } = await loadTransport();
      return createHttpTransport({
        baseUrl,
        clock: systemClock,
        ...(deviceName === undefined ? {} : { deviceName }),
      });
    },
    clock: systemClock,
    random: Math.random,
    newUuid,
    hashBlob: async (bytes) => (await import("./adapters/hash-blob.ts")).hashBlob(bytes),
    measurePicture: async (bytes) => (await import("./adapters/measure-picture.ts")).measurePicture(bytes),
    afterPaint,
    onFirstWrite: askToPersist,
    ...(freeSpace === undefined ? {} : { freeSpace }),
  });
  const unwatch = watchPage(client);
  const stopLoading = loadLateParts(systemClock);
  return {
    ...client,
    async open() {
      try {
        await client.open();
      } catch (error) {
        // It opens, but cannot be read: what can be is saved and rebuilt when the person says so.
        await storage.giveUp(error);
        await client.open();
      }
    },
    async close() {
      unwatch();
      stopLoading();
      await client.close();
    },
  };
}

async function openTabs(name: string, tabId: string): Promise<Tabs> {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks !== undefined) return createLockedTabs({ name, locks, clock: systemClock });
  const { createLeasedTabs } = await import("./adapters/leased-tabs.ts");
  return createLeasedTabs({ name, tabId, storage: localStorage, clock: systemClock });
}

function askToPersist(): void {
  const { storage } = navigator as { readonly storage?: StorageManager };
  // Refused or not offered: the browser may then clear the cache under pressure, never what the server has.
  storage?.persist().catch(() => undefined);
}

function watchPage(client: SyncClient): () => void {
  if (typeof window === "undefined") return () => undefined;
  const watching = new AbortController();
  const { signal } = watching;
  const nudge = () => client.nudge();
  const shown = () => {
    if (document.visibilityState === "visible") nudge();
  };
  for (const type of ["online", "focus", "pageshow"]) window.addEventListener(type, nudge, { signal });
  document.addEventListener("visibilitychange", shown, { signal });
  document.addEventListener("resume", nudge, { signal });
  return () => watching.abort();
}
