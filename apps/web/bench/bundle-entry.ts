import { createBrowserSyncClient } from "@safelight/sync";

Object.assign(globalThis, { createBrowserSyncClient });
