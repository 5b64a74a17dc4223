import { createBrowserSyncClient, type SyncClient } from "@safelight/sync";
import { v7 as newUuid } from "uuid";
import { dropCachedPictures } from "./drop-cached-pictures.ts";
import { deviceName } from "./device-name.ts";
import { earlyStorage } from "./early-storage.ts";

/**
 * This device's records, read from the moment that this file runs: the disk is at work while the rest of the app's code is run.
 */
export const earlyClient = openClient();
// The app asks for it too, and tells when it does not open.
earlyClient.catch(() => undefined);

async function openClient(): Promise<SyncClient> {
  const client = await createBrowserSyncClient({
    baseUrl: "",
    newUuid,
    storage: earlyStorage,
    deviceName,
    freeSpace: dropCachedPictures,
  });
  await client.open();
  return client;
}
