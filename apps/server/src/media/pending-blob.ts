import { Readable } from "node:stream";
import type { BlobRef } from "@safelight/shared";
import type { BlobStore } from "@safelight/store";
import { isDataUrl } from "./data-url.ts";
import { type DataUrlMedia, mediaOfDataUrl } from "./media-of-data-url.ts";

/** A `data:` URL of a request that was looked into; `keep` makes it a blob. */
export interface PendingBlob extends DataUrlMedia {
  keep(blobs: BlobStore, name: string): Promise<BlobRef>;
}

/**
 * Looks into a text that may be a `data:` URL, keeping nothing yet: all of a request is looked into before any of it is
 * kept. `undefined` for any other text. Throws a `ProblemError` for a bad one.
 */
export async function inspectDataUrl(
  text: unknown,
  options: { readonly maxPixels: number; readonly path: string },
): Promise<PendingBlob | undefined> {
  if (typeof text !== "string" || !isDataUrl(text)) return undefined;
  const found = await mediaOfDataUrl(text, options);
  return {
    ...found,
    async keep(blobs, name) {
      const ref = await blobs.write(Readable.from([found.bytes]), { name });
      return { ...ref, ...found.media.size };
    },
  };
}
