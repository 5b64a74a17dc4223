import { createBrowserSyncClient, type SyncClient } from "@safelight/sync";
import { v7 as newUuid } from "uuid";

declare global {
  interface Window {
    /** The engine of the page that the situations of sync are played on. */
    sync: SyncClient;
    /** Milliseconds since the page's start when the view could be painted. */
    openedAtMs: number;
  }
}

const client = await createBrowserSyncClient({ baseUrl: "", newUuid });
await client.open();
window.openedAtMs = performance.now();
window.sync = client;
