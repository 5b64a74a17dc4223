import { pipeline, Readable } from "node:stream";
import { createZstdDecompress } from "node:zlib";
import type { FsPort } from "./fs-port.ts";

const BLOCK_BYTES = 128 * 1024;
/** One that is being written has its name to come. */
const COMPRESSED = /\.zst(?:\.tmp)?$/;

/** The bytes of a segment a block at a time, taken out of its compression where it has one. */
export function segmentBlocks(fs: FsPort, path: string): AsyncIterable<Buffer> {
  const blocks = fileBlocks(fs, path);
  return COMPRESSED.test(path) ? unzipped(blocks) : blocks;
}

async function* fileBlocks(fs: FsPort, path: string): AsyncGenerator<Buffer, void, undefined> {
  const file = await fs.open(path, "read");
  try {
    for (let position = 0; ;) {
      const block = Buffer.allocUnsafe(BLOCK_BYTES);
      const taken = await file.read(block, position);
      if (taken === 0) return;
      yield block.subarray(0, taken);
      position += taken;
    }
  } finally {
    await file.close();
  }
}

function unzipped(blocks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const unzip = createZstdDecompress({ chunkSize: BLOCK_BYTES });
  pipeline(Readable.from(blocks), unzip, () => {
    // A failure destroys the stream that is returned: its reader hears of it.
  });
  return unzip;
}
