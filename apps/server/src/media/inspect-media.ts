import { open } from "node:fs/promises";
import sharp from "sharp";
import { ProblemError } from "../problem-error.ts";
import { type ClipFacts, readClipFacts } from "./clip-facts.ts";
import { type MediaType, mediaTypeOf, TYPE_SAMPLE_BYTES } from "./media-type.ts";
import { type PictureSize, readPictureSize } from "./picture-size.ts";

/** A picture or clip that was looked into. Pixels are as shown, after EXIF orientation. */
export interface InspectedMedia extends MediaType {
  /** Of every picture; of a clip, what its container tells, its length among it. */
  readonly size?: PictureSize | ClipFacts;
}

export interface InspectOptions {
  /** Most pixels that a picture may have. */
  readonly maxPixels: number;
  /** Where the bytes came from, for the problem's `errors`: a file name or a JSON pointer. */
  readonly path: string;
}

/** Most seconds that decoding one picture may take. */
const DECODE_TIMEOUT_S = 20;

/**
 * Types bytes by what they are and decodes pictures to the end; of clips only the headers are read. Throws a `ProblemError`: `upload.empty`,
 * `upload.not-media`, `picture.too-large`, `picture.unreadable`.
 * @param source A file's absolute path, or the bytes.
 */
export async function inspectMedia(
  source: string | Uint8Array,
  options: InspectOptions,
): Promise<InspectedMedia> {
  const start = typeof source === "string" ? await readStart(source) : source.subarray(0, TYPE_SAMPLE_BYTES);
  if (start.byteLength === 0) throw refused(400, "upload.empty", "The file is empty.", options);
  const type = await mediaTypeOf(start);
  if (type === undefined) {
    throw refused(
      415,
      "upload.not-media",
      "This is neither a PNG, JPEG, WebP, GIF or AVIF picture nor an MP4, WebM or QuickTime clip; its bytes decide, not its name.",
      options,
    );
  }
  if (type.kind === "video") {
    const facts = await readClipFacts(source);
    return facts === undefined ? type : { ...type, size: facts };
  }
  return { ...type, size: await decodeFully(source, options) };
}

async function decodeFully(source: string | Uint8Array, options: InspectOptions): Promise<PictureSize> {
  const size = await readPictureSize(source);
  if (size === undefined) throw unreadable(options);
  const pixels = size.width * size.height;
  if (pixels > options.maxPixels) {
    throw refused(
      422,
      "picture.too-large",
      `The picture has ${pixels} pixels; at most ${options.maxPixels} are taken.`,
      options,
    );
  }
  try {
    // A header can be sound while the rest is cut off: only decoding tells. A small result keeps it cheap.
    await sharp(source, { failOn: "error", limitInputPixels: options.maxPixels })
      .resize({ width: 64, height: 64, fit: "inside", withoutEnlargement: true })
      .timeout({ seconds: DECODE_TIMEOUT_S })
      .raw()
      .toBuffer();
  } catch (cause) {
    throw unreadable(options, cause);
  }
  return size;
}

async function readStart(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(TYPE_SAMPLE_BYTES), 0, TYPE_SAMPLE_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}

function unreadable(options: InspectOptions, cause?: unknown): ProblemError {
  const detail = "The picture cannot be decoded; it is damaged or cut off. Send it again from its original.";
  return refused(422, "picture.unreadable", detail, options, cause);
}

function refused(
  status: number,
  code: string,
  detail: string,
  options: InspectOptions,
  cause?: unknown,
): ProblemError {
  return new ProblemError(status, code, detail, { errors: [{ path: options.path, message: detail }], cause });
}
