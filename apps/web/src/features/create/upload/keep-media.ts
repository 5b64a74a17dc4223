import type { BlobRef } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { keepPoster } from "../clips/keep-poster.ts";
import { type ReadMedia, readMedia } from "./read-media.ts";

export type KeptMedia =
  | { readonly ok: true; readonly blob: BlobRef }
  | { readonly ok: false; readonly reason: string };

/**
 * Takes one file into the library, durably on this device when it resolves. Refusals are answered, never thrown.
 * `only` refuses clips where a picture is wanted.
 */
export async function keepMedia(client: SyncClient, file: File, only?: "image"): Promise<KeptMedia> {
  const read = await readMedia(file);
  if (!read.ok) return read;
  if (only === "image" && read.type !== "image")
    return { ok: false, reason: `${file.name} is a clip; a picture is wanted here.` };
  try {
    const name = file.name.slice(-255);
    const blob = { ...(await client.putBlob(read.bytes, { name })), name, ...sizeOf(read) };
    const { durable } = client.create("contents", {
      type: read.type,
      origin: "upload",
      title: name,
      config: { width: read.width, height: read.height },
      blob,
      ...(read.type === "video" && { poster: await keepPoster(client, read.poster) }),
    });
    await durable;
    return { ok: true, blob };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `${file.name} could not be kept: ${words}` };
  }
}

function sizeOf(
  read: Extract<ReadMedia, { readonly ok: true }>,
): Pick<BlobRef, "width" | "height" | "durationMs"> {
  const { width, height } = read;
  return read.type === "video" ? { width, height, durationMs: read.durationMs } : { width, height };
}
