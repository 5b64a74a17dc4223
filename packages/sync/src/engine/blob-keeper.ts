import type { BlobRef } from "@safelight/shared";
import type { HashBlob, MeasurePicture } from "../ports.ts";
import type { Mirror } from "./mirror.ts";

/** Bytes on this device: kept until the server has them, and then as long as there is room. */
export interface BlobKeeper {
  put(bytes: Blob, name?: string): Promise<BlobRef>;
  /** Lets go of copies that the server has. */
  makeRoom(): Promise<void>;
}

export interface BlobKeeperOptions {
  readonly mirror: Mirror;
  readonly hashBlob: HashBlob;
  readonly measurePicture?: MeasurePicture;
  readonly freeSpace?: () => Promise<void>;
}

const EVICT_PAGE = 50;

export function createBlobKeeper({
  mirror,
  hashBlob,
  measurePicture,
  freeSpace,
}: BlobKeeperOptions): BlobKeeper {
  async function keep(sha256: string, bytes: Blob): Promise<void> {
    await mirror.commit(["blobs", "uploads"], async (tables) => {
      const known = await tables.blobs.has(sha256);
      const upload = { sha256, sizeBytes: bytes.size };
      return {
        uploads: { put: [[sha256, upload]] },
        ...(known ? {} : { blobs: { put: [[sha256, { bytes }]] } }),
      };
    });
  }

  async function makeRoom(): Promise<void> {
    await freeSpace?.();
    await mirror.free(["blobs", "uploads"], async (tables) => {
      let after: string | undefined;
      for (;;) {
        const range = { limit: EVICT_PAGE, ...(after === undefined ? {} : { after }) };
        const page = await tables.blobs.page(range);
        for (const [sha256] of page) if (!(await tables.uploads.has(sha256))) tables.blobs.delete(sha256);
        after = page.at(-1)?.[0];
        if (page.length < EVICT_PAGE) break;
      }
    });
  }

  return {
    async put(bytes, name) {
      const sha256 = await hashBlob(bytes);
      const size = await measurePicture?.(bytes);
      try {
        await keep(sha256, bytes);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== "QuotaExceededError") throw error;
        await makeRoom();
        await keep(sha256, bytes);
      }
      return {
        sha256,
        sizeBytes: bytes.size,
        mime: bytes.type === "" ? "application/octet-stream" : bytes.type,
        ...(name === undefined ? {} : { name }),
        ...size,
      };
    },
    makeRoom,
  };
}
