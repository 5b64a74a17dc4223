import { makePicture } from "../testing/pictures.ts";

export interface Pictures {
  /** A PNG with bytes, and so a hash, of its own; its pixels are those of all others. */
  next(): Buffer;
}

export async function createPictures(side: number): Promise<Pictures> {
  const png = await makePicture({ format: "png", width: side, height: side });
  let count = 0;
  return {
    next() {
      // What follows the end of a PNG is no part of the picture.
      const suffix = Buffer.alloc(8);
      suffix.writeUInt32BE((count += 1), 4);
      return Buffer.concat([png, suffix]);
    },
  };
}
