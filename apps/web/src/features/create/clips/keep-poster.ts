import type { BlobRef } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import type { ClipPoster } from "./look-into-clip.ts";

/** Keeps the frame that stands for a clip, as a picture like any other. */
export async function keepPoster(
  client: Pick<SyncClient, "putBlob">,
  { bytes, width, height }: ClipPoster,
): Promise<BlobRef> {
  return { ...(await client.putBlob(bytes)), width, height };
}
