import sharp from "sharp";
import { readPictureSize } from "../../media/picture-size.ts";
import { ProblemError } from "../../problem-error.ts";
import type { ConcurrencyLimit } from "./concurrency-limit.ts";

export interface RenderOptions {
  /** Width of the thumbnail in pixels; a smaller picture keeps its own. */
  readonly width: number;
  /** Most pixels that the picture may have. */
  readonly maxPixels: number;
  /** Whose turn it is to decode; a picture's header is read without. */
  readonly inTurn: ConcurrencyLimit;
}

const RENDER_TIMEOUT_S = 20;
/** A thumbnail is at most this many times as tall as it is wide. */
const MAX_ASPECT = 4;
/** Pictures up to this many pixels are sprites as often as not: they are kept exact. */
const EXACT_PIXELS = 256 * 256;

/**
 * A small WebP of a picture, upright by its EXIF orientation; of an animation, its first frame. Throws a
 * `ProblemError`: `picture.unreadable`, `picture.too-large`.
 * @param picture A file's absolute path, or the bytes.
 */
export async function renderThumbnail(picture: string | Uint8Array, options: RenderOptions): Promise<Buffer> {
  const size = await readPictureSize(picture);
  if (size === undefined) throw unreadable();
  const pixels = size.width * size.height;
  if (pixels > options.maxPixels) {
    throw new ProblemError(
      422,
      "picture.too-large",
      `The picture has ${pixels} pixels; at most ${options.maxPixels} are decoded.`,
    );
  }
  try {
    const thumbnail = sharp(picture, { failOn: "none", limitInputPixels: options.maxPixels })
      .autoOrient()
      .resize({
        width: options.width,
        height: options.width * MAX_ASPECT,
        fit: "inside",
        withoutEnlargement: true,
      })
      .webp(pixels <= EXACT_PIXELS ? { lossless: true, effort: 2 } : { quality: 88, effort: 2 })
      .timeout({ seconds: RENDER_TIMEOUT_S });
    return await options.inTurn(() => thumbnail.toBuffer());
  } catch (cause) {
    throw unreadable(cause);
  }
}

function unreadable(cause?: unknown): ProblemError {
  return new ProblemError(422, "picture.unreadable", "The picture cannot be decoded.", { cause });
}
