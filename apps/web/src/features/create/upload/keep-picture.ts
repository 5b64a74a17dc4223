import type { BlobRef } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { readPicture } from "./read-picture.ts";

export type KeptPicture =
  | { readonly ok: true; readonly blob: BlobRef }
  | { readonly ok: false; readonly reason: string };

/** Takes one file into the library, durably on this device when it resolves. Refusals are answered, never thrown. */
export async function keepPicture(client: SyncClient, file: File): Promise<KeptPicture> {
  const read = await readPicture(file);
  if (!read.ok) return read;
  try {
    const name = file.name.slice(-255);
    const { width, height } = read;
    const kept = await client.putBlob(read.bytes, { name });
    const blob = { ...kept, name, width, height };
    const { durable } = client.create("contents", {
      type: "image",
      origin: "upload",
      title: name,
      config: { width, height },
      blob,
    });
    await durable;
    return { ok: true, blob };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `${file.name} could not be kept: ${words}` };
  }
}
