import type { SyncClient } from "@safelight/sync";

/** Saves everything that is on this device alone as a file, for when it cannot be sent for long. */
export async function saveOutbox(client: SyncClient): Promise<void> {
  const text = await client.exportOutbox();
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "safelight-not-sent.json";
  link.click();
  // The download has its own hold on the bytes by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
