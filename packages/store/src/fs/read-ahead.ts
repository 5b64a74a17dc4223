import { bytesOf } from "./document-reader.ts";
import type { FsPort } from "./fs-port.ts";

/** Room for a segment of the usual size and the batch that ended it. What is never written to costs nothing. */
export const SCRATCH_BYTES = 9 * 1024 * 1024;

/**
 * Reads files in their order, each while the one before is worked on, into memory that is used again. The bytes of one are valid until the
 * next but one is asked for. A file that cannot be read matters only to whoever waits for it.
 */
export function readAhead(fs: FsPort, paths: readonly string[]): (at: number) => Promise<Buffer> {
  const readings: Promise<Buffer>[] = [];
  const scratches: Buffer[] = [];

  async function read(path: string, at: number): Promise<Buffer> {
    await readings[at - 2]?.catch(() => {
      // Told to whoever waits for that one; only its memory matters here.
    });
    scratches[at % 2] ??= Buffer.allocUnsafeSlow(paths.length === 1 ? 0 : SCRATCH_BYTES);
    return bytesOf(fs, path, scratches[at % 2]);
  }

  function start(at: number): Promise<Buffer> | undefined {
    const path = paths[at];
    if (path === undefined || readings[at] !== undefined) return readings[at];
    const reading = read(path, at);
    reading.catch(() => {
      // Told when its turn comes, if it comes.
    });
    readings[at] = reading;
    return reading;
  }

  return async (at) => {
    const reading = start(at);
    void start(at + 1);
    if (reading === undefined) throw new RangeError(`There is no file ${at} to read.`);
    return reading;
  };
}
