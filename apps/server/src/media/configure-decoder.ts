import sharp from "sharp";

/** The decoders of the pictures that are taken in; libvips has many more, each a way in for hostile bytes. */
const DECODERS = [
  "VipsForeignLoadPng",
  "VipsForeignLoadJpeg",
  "VipsForeignLoadWebp",
  "VipsForeignLoadNsgif",
  "VipsForeignLoadHeif",
];

/**
 * Sets the picture library up for a server, in this whole process: one thread a picture, because pictures come by the
 * many and cores are few; no cache of operations, because each picture is decoded once; no decoder that is not needed.
 */
export function configureDecoder(): void {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: DECODERS });
}
