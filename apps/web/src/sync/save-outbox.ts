import type { SyncClient } from "@safelight/sync";
import { saveFile } from "./save-file.ts";

/** Saves everything that is on this device alone as a file, for when it cannot be sent for long. */
export async function saveOutbox(client: SyncClient): Promise<void> {
  saveFile("safelight-not-sent.json", await client.exportOutbox());
}
