import sharp from "sharp";

type PictureFormat = "png" | "jpeg" | "webp" | "gif" | "avif";

interface PictureOptions {
  readonly format: PictureFormat;
  /** As stored, before orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1 to 8. */
  readonly orientation?: number;
  /** Changes the pixels. */
  readonly seed?: number;
}

/** A picture with the texture of a photograph: a gradient and noise that no encoder makes small. */
export async function makePicture(options: PictureOptions): Promise<Buffer> {
  const { width, height, format, orientation } = options;
  const pixels = Buffer.alloc(width * height * 3);
  let noise = 0x9e3779b9 ^ (options.seed ?? 1);
  for (let index = 0; index < pixels.length; index += 1) {
    noise = (Math.imul(noise, 1664525) + 1013904223) | 0;
    const x = Math.floor(index / 3) % width;
    pixels[index] = Math.floor((x / width) * 160) + ((noise >>> 24) & 63);
  }
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
  if (orientation !== undefined) picture.withMetadata({ orientation });
  return picture.toFormat(format).toBuffer();
}

/** The first bytes of an MP4 file: enough to tell its type by. */
export function makeClip(): Buffer {
  const ftyp = Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isommp42", "latin1");
  return Buffer.concat([ftyp, Buffer.from("\0\0\0\x10mdat", "latin1"), Buffer.alloc(8, 7)]);
}
