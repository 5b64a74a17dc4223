import type { BlobRef } from "@safelight/shared";
import sharp from "sharp";
import type { ProviderHost } from "./provider-host.ts";

/** A picture of the studio as PNG or JPEG, which every provider takes; other formats become PNG. */
export async function pictureOfBlob(
  host: Pick<ProviderHost, "readBlob">,
  blob: BlobRef,
): Promise<{ readonly bytes: Uint8Array; readonly mime: "image/png" | "image/jpeg" }> {
  const bytes = await host.readBlob(blob.sha256);
  if (blob.mime === "image/png" || blob.mime === "image/jpeg") return { bytes, mime: blob.mime };
  return { bytes: await pngOf(bytes), mime: "image/png" };
}

async function pngOf(bytes: Uint8Array): Promise<Uint8Array> {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS }).png().toBuffer();
}

const MAX_PIXELS = 50_000_000;
