import sharp from "sharp";

/** Raw bytes of a picture, row by row: three channels (RGB) or four (RGBA). */
export interface RawPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** A PNG file without metadata; the same pixels give the same bytes. */
export async function encodePng({
  bytes,
  width,
  height,
  channels,
}: RawPicture): Promise<Uint8Array<ArrayBuffer>> {
  const file = await sharp(bytes, { raw: { width, height, channels } })
    .png({ compressionLevel: 6, adaptiveFiltering: true, palette: false })
    .toBuffer();
  return Uint8Array.from(file);
}
