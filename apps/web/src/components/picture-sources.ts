import type { BlobRef } from "@safelight/shared";

const WIDTHS = [256, 512, 1024] as const;

interface Source {
  readonly src: string;
  readonly srcSet?: string;
  readonly sizes?: string;
}

/** Address of a blob's bytes. */
export function blobUrl(sha256: string): string {
  return `/api/blobs/${sha256}`;
}

/** Address of a thumbnail of that many pixels across. */
export function thumbnailUrl(sha256: string, width: (typeof WIDTHS)[number]): string {
  return `/api/thumbnails/${sha256}/${width}`;
}

/**
 * Where a picture that is `width` CSS pixels wide on screen can be had from, best first. Small originals are shown as
 * they are, so that pixel art stays sharp.
 */
export function pictureSources(blob: BlobRef, width: number): readonly Source[] {
  const original = { src: blobUrl(blob.sha256) };
  if (blob.width !== undefined && blob.width <= 256) return [original];
  const best: Source = {
    src: thumbnailUrl(blob.sha256, 512),
    srcSet: WIDTHS.map((each) => `${thumbnailUrl(blob.sha256, each)} ${each}w`).join(", "),
    // A little more than is needed: browsers round down, and an enlarged thumbnail looks soft.
    sizes: `${Math.ceil(width * 1.25)}px`,
  };
  return [best, ...WIDTHS.map((each) => ({ src: thumbnailUrl(blob.sha256, each) })), original];
}
