import { createHash } from "node:crypto";
import type { FsPort } from "./fs-port.ts";

const READ_BYTES = 256 * 1024;

/** The SHA-256 of a file's bytes, in hex. `onPiece` is told of each piece, and waited for. */
export async function hashOfFile(
  fs: FsPort,
  path: string,
  onPiece: (bytes: number) => Promise<void> | void = () => undefined,
): Promise<string> {
  const hash = createHash("sha256");
  const file = await fs.open(path, "read");
  try {
    const chunk = Buffer.alloc(READ_BYTES);
    for (let position = 0; ;) {
      const taken = await file.read(chunk, position);
      if (taken === 0) return hash.digest("hex");
      hash.update(chunk.subarray(0, taken));
      position += taken;
      await onPiece(taken);
    }
  } finally {
    await file.close();
  }
}
