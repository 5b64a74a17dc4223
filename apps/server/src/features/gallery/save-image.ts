import { Readable } from "node:stream";
import type { GalleryImage, JsonObject } from "@safelight/shared";
import type { BlobStore } from "@safelight/store";
import { decodeBase64, isDataUrl } from "../../media/data-url.ts";
import { inspectMedia } from "../../media/inspect-media.ts";
import { bytesOfDataUrl } from "../../media/media-of-data-url.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { ProblemError } from "../../problem-error.ts";
import type { Gallery } from "./gallery.ts";
import type { NewImage } from "./core/gallery-wire.ts";

export interface SaveImageOptions {
  readonly gallery: Gallery;
  readonly blobs: BlobStore;
  readonly fetchUrl: GuardedFetch;
  readonly maxPixels: number;
}

/**
 * Adds an image to a session, from base64 or from a URL. A URL's file is fetched at once: hosted pictures expire.
 * Throws a `ProblemError` for what is no picture, cannot be fetched or may not be; then nothing is kept.
 */
export async function saveImage(
  sessionId: string,
  posted: NewImage,
  { gallery, blobs, fetchUrl, maxPixels }: SaveImageOptions,
): Promise<GalleryImage> {
  gallery.session(sessionId);
  const { image_data: data, image_url: url } = posted;
  if ((data === undefined) === (url === undefined)) {
    throw invalid(400, "/image_data", "send either image_data or image_url");
  }
  const path = data === undefined ? "/image_url" : "/image_data";
  const bytes = data === undefined ? await fetchUrl(url ?? "") : bytesOf(data);
  const media = await inspectMedia(bytes, { maxPixels, path });
  if (media.kind !== "image") throw invalid(415, path, "is a clip; the gallery takes pictures");
  const written = await blobs.write(Readable.from([bytes]));
  const blob = { ...written, ...media.size };
  return gallery.addImage(sessionId, { ...placementOf(posted), blob, ...(url === undefined ? {} : { url }) });
}

function bytesOf(data: string): Buffer {
  if (isDataUrl(data)) return bytesOfDataUrl(data, "/image_data");
  const bytes = decodeBase64(data);
  if (bytes === undefined) throw invalid(422, "/image_data", "is not base64");
  return bytes;
}

function placementOf(posted: NewImage): JsonObject {
  const names = {
    directive: posted.directive,
    productId: posted.product_id,
    productName: posted.product_name,
    productBrand: posted.product_brand,
    x: posted.x,
    y: posted.y,
    width: posted.width,
    height: posted.height,
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function invalid(status: number, path: string, message: string): ProblemError {
  const code = status === 400 ? "request.invalid" : status === 415 ? "upload.not-media" : "data-url.invalid";
  return new ProblemError(status, code, `${path}: ${message}.`, { errors: [{ path, message }] });
}
