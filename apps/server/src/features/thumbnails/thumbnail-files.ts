import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Thumbnails on disk. The folder may be deleted at any time, and nothing here ever fails a request. */
export interface ThumbnailFiles {
  /** `undefined` when it is not there, or not whole. */
  read(sha256: string, width: number): Promise<Buffer | undefined>;
  write(sha256: string, width: number, webp: Buffer): Promise<void>;
}

/** @param cacheDir The data folder's `cache`; made when first needed. */
export function createThumbnailFiles(cacheDir: string): ThumbnailFiles {
  const pathOf = (sha256: string, width: number) =>
    join(cacheDir, "thumbnails", sha256.slice(0, 2), `${sha256}-${width}.webp`);
  return {
    async read(sha256, width) {
      try {
        const webp = await readFile(pathOf(sha256, width));
        return isWholeWebp(webp) ? webp : undefined;
      } catch {
        // Not there, or not readable: it is made anew.
        return undefined;
      }
    },
    async write(sha256, width, webp) {
      const path = pathOf(sha256, width);
      const partial = `${path}.${randomUUID()}.partial`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(partial, webp, { mode: 0o600 });
        await rename(partial, path);
      } catch {
        // A cache that cannot be written (a full disk, say) costs time and nothing else.
        await rm(partial, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** Files are not fsynced: after a power cut one may be short. Its own header says how long it must be. */
function isWholeWebp(webp: Buffer): boolean {
  return (
    webp.byteLength > 12 &&
    webp.toString("latin1", 0, 4) === "RIFF" &&
    webp.toString("latin1", 8, 12) === "WEBP" &&
    webp.readUInt32LE(4) + 8 === webp.byteLength
  );
}
