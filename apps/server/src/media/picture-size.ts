import sharp from "sharp";

/** Pixels of a picture as it is shown: EXIF orientation is already taken into account. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a picture's header alone; nothing is decoded, so any size is safe to ask for. `undefined` when it is no
 * picture or its header is damaged.
 * @param source A file's absolute path, or the bytes.
 */
export async function readPictureSize(source: string | Uint8Array): Promise<PictureSize | undefined> {
  try {
    const { autoOrient } = await sharp(source, { limitInputPixels: false }).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch {
    // sharp has no error codes: whatever it cannot read has no size.
    return undefined;
  }
}
