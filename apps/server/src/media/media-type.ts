import { INLINE_MIMES } from "@safelight/shared";
import { sniffMime } from "@safelight/store";

/** Bytes from the start of a file that are enough to tell its type. */
export const TYPE_SAMPLE_BYTES = 4100;

/** What a picture or clip is, by its own bytes. */
export interface MediaType {
  readonly kind: "image" | "video";
  readonly mime: string;
}

/** `undefined` for anything that is not a raster picture or a clip which the studio shows; SVG and HTML are not. */
export async function mediaTypeOf(start: Uint8Array): Promise<MediaType | undefined> {
  const mime = await sniffMime(start);
  if (!INLINE_MIMES.has(mime)) return undefined;
  return { kind: mime.startsWith("video/") ? "video" : "image", mime };
}
