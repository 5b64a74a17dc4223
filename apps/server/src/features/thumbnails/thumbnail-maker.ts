import type { BlobStore } from "@safelight/store";
import { type Static, Type } from "@sinclair/typebox";
import { LRUCache } from "lru-cache";
import { ProblemError } from "../../problem-error.ts";
import { createConcurrencyLimit } from "./concurrency-limit.ts";
import { createPictureReader } from "./picture-reader.ts";
import { renderThumbnail } from "./render-thumbnail.ts";
import { createThumbnailFiles } from "./thumbnail-files.ts";

export const ThumbnailWidth = Type.Union([Type.Literal(256), Type.Literal(512), Type.Literal(1024)]);
export type ThumbnailWidth = Static<typeof ThumbnailWidth>;

export interface ThumbnailMakerOptions {
  readonly blobs: BlobStore;
  readonly cacheDir: string;
  readonly maxPixels: number;
  /** Most pictures that are decoded at a time. */
  readonly maxInFlight: number;
}

export interface ThumbnailMaker {
  /** The same as `get` for a thumbnail that is in memory, without a promise; `undefined` for any other. */
  held(sha256: string, width: ThumbnailWidth): Buffer | undefined;
  /**
   * A WebP of the picture. Whoever asks for one that is being made waits for the same work. Throws a `ProblemError`:
   * `blob.missing`, `thumbnail.not-a-picture`, `picture.unreadable`, `picture.too-large`.
   */
  get(sha256: string, width: ThumbnailWidth): Promise<Buffer>;
  /** Resolves when what was made is in the cache on disk, which nobody who asks waits for. */
  idle(): Promise<void>;
}

/** Largest picture file that is read into memory to be decoded. */
const MAX_PICTURE_BYTES = 256 * 1024 * 1024;
const MEMORY_BYTES = 64 * 1024 * 1024;

export function createThumbnailMaker(options: ThumbnailMakerOptions): ThumbnailMaker {
  const { blobs, maxPixels } = options;
  const files = createThumbnailFiles(options.cacheDir);
  const inTurn = createConcurrencyLimit(options.maxInFlight);
  // One more, so that the next picture is at hand when another is done.
  const pictures = createPictureReader(blobs, options.maxInFlight + 1);
  const held = new LRUCache<string, Buffer>({
    maxSize: MEMORY_BYTES,
    sizeCalculation: (webp) => webp.byteLength + 256,
  });
  const inProgress = new Map<string, Promise<Buffer>>();
  const writing = new Set<Promise<void>>();

  const keep = (sha256: string, width: ThumbnailWidth, webp: Buffer): void => {
    const written = files.write(sha256, width, webp).finally(() => writing.delete(written));
    writing.add(written);
  };

  const make = async (sha256: string, width: ThumbnailWidth): Promise<Buffer> => {
    const blob = await blobs.stat(sha256);
    if (blob === undefined) {
      throw new ProblemError(404, "blob.missing", "These bytes are not in the studio.");
    }
    if (!blob.mime.startsWith("image/")) {
      throw new ProblemError(415, "thumbnail.not-a-picture", "Thumbnails are made of pictures alone.");
    }
    if (blob.sizeBytes > MAX_PICTURE_BYTES) {
      throw new ProblemError(422, "picture.too-large", "The picture's file is too large for a thumbnail.");
    }
    const kept = await files.read(sha256, width);
    if (kept !== undefined) return kept;
    const webp = await pictures.read(blob, (picture) =>
      renderThumbnail(picture, { width, maxPixels, inTurn }),
    );
    keep(sha256, width, webp);
    return webp;
  };

  return {
    held: (sha256, width) => held.get(keyOf(sha256, width)),
    async get(sha256, width) {
      const key = keyOf(sha256, width);
      const known = held.get(key);
      if (known !== undefined) return known;
      const joined = inProgress.get(key);
      if (joined !== undefined) return joined;
      const work = make(sha256, width);
      inProgress.set(key, work);
      try {
        const webp = await work;
        held.set(key, webp);
        return webp;
      } finally {
        inProgress.delete(key);
      }
    },
    async idle() {
      await Promise.all(writing);
    },
  };
}

function keyOf(sha256: string, width: ThumbnailWidth): string {
  return `${sha256}-${width}`;
}
