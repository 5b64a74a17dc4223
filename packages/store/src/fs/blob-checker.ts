import type { DamagedBlob } from "../scrub.ts";
import { hashOfFile } from "./blob-hash.ts";
import type { FoundBlob } from "./blob-files.ts";
import type { FileBlobs } from "./file-blobs.ts";
import { type FsPort, systemCode } from "./fs-port.ts";
import type { Quarantine } from "./quarantine.ts";
import type { ReadableFiles } from "./readable-files.ts";

export interface BlobCheckerOptions {
  readonly fs: FsPort;
  readonly blobs: Pick<FileBlobs, "mend">;
  readonly readable: Pick<ReadableFiles, "pathsOf">;
  readonly quarantine: Quarantine;
  /** Whether anything may be written: else what is damaged is only told. */
  readonly mayWrite: () => boolean;
}

export interface BlobChecker {
  /**
   * Compares a blob's bytes with its name. Wrong ones are copied to the quarantine, and mended from a readable name that has bytes
   * of its own where that is right. `undefined`: all is well, or the blob is gone.
   */
  check(blob: FoundBlob, onPiece: (bytes: number) => Promise<void>): Promise<DamagedBlob | undefined>;
}

export function createBlobChecker(options: BlobCheckerOptions): BlobChecker {
  const { fs, blobs, readable, quarantine, mayWrite } = options;

  /** The hash of a blob's bytes; `unreadable` when the disk does not give them. */
  async function hashNow(path: string, onPiece?: (bytes: number) => Promise<void>) {
    try {
      return await hashOfFile(fs, path, onPiece);
    } catch (error) {
      const code = systemCode(error);
      if (code === "ENOENT") return undefined;
      if (code === "EIO" || code === "EACCES") return "unreadable";
      throw error;
    }
  }

  async function mendFromCopy(sha256: string): Promise<boolean> {
    for (const path of readable.pathsOf(sha256)) {
      if ((await fs.info(path))?.kind === "file" && (await blobs.mend(sha256, path))) return true;
    }
    return false;
  }

  return {
    async check({ path, sha256, sizeBytes }, onPiece) {
      const first = await hashNow(path, onPiece);
      if (first === undefined || first === sha256) return undefined;
      // Asked twice: a slip on the way from the disk is no damage.
      const found = await hashNow(path);
      if (found === undefined || found === sha256) return undefined;
      const isReadable = found !== "unreadable";
      if (!mayWrite()) return { sha256, sizeBytes, state: isReadable ? "damaged" : "unreadable" };
      const name = `blob-${sha256}-${found.slice(0, 8)}.damaged`;
      const copy = isReadable ? await quarantine.keepFile(name, path) : undefined;
      const isMended = await mendFromCopy(sha256);
      return {
        sha256,
        sizeBytes,
        state: isMended ? "mended" : isReadable ? "damaged" : "unreadable",
        ...(copy !== undefined && { copy }),
      };
    },
  };
}
