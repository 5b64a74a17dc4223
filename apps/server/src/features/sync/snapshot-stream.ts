import { pipeline, Readable } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { type ContentEncoding } from "./core/content-encoding.ts";
import { snapshotLines } from "./core/snapshot-lines.ts";
import type { SyncSource } from "./with-open-conflicts.ts";

/**
 * The whole studio as of now, as compressed NDJSON, made only as fast as it is read. `before` resumes one that was
 * cut off: records of that `seq` come again, for the records of one commit share theirs and some may be missing.
 */
export function openSnapshotStream(
  store: Pick<SyncSource, "snapshot">,
  encoding: ContentEncoding,
  before?: number,
): Readable {
  const snapshot = before === undefined ? store.snapshot() : store.snapshot(before + 1);
  const lines = Readable.from(snapshotLines(snapshot), { objectMode: false });
  const compressor = compressorOf(encoding);
  if (compressor === undefined) return lines;
  // The error of a broken pipeline reaches the answer through the compressor itself.
  return pipeline(lines, compressor, () => {});
}

function compressorOf(encoding: ContentEncoding) {
  switch (encoding) {
    case "br":
      return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    case "gzip":
      return createGzip({ level: 1 });
    case "identity":
      return undefined;
  }
}
