import { createHash } from "node:crypto";
import type { BlobStore, StoredBlob } from "../blob-store.ts";
import { blobRef, checkAnnounced, clampRange, limited, SNIFF_BYTES } from "../core/blob-intake.ts";
import { sniffMime } from "../sniff-mime.ts";
import type { BlobFile } from "../core/judge-blobs.ts";
import { StoreError } from "../store-error.ts";

/** Blobs with what upkeep needs to know of them. */
export interface MemoryBlobs extends BlobStore {
  files(): readonly (BlobFile & { readonly mime: string })[];
  discard(sha256: string): void;
}

interface HeldBlob {
  readonly stored: StoredBlob;
  readonly bytes: Uint8Array;
  /** When the bytes last came, epoch ms. */
  readonly mtimeMs: number;
}

/** Blobs that live as long as the process. */
export function createMemoryBlobs(now: () => number): MemoryBlobs {
  const blobs = new Map<string, HeldBlob>();

  function held(sha256: string) {
    const blob = blobs.get(sha256);
    if (blob === undefined) throw new StoreError("blob.missing");
    return blob;
  }

  return {
    async write(source, options = {}) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of limited(source, options)) chunks.push(Uint8Array.from(chunk));
      const bytes = new Uint8Array(Buffer.concat(chunks));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      checkAnnounced(sha256, options.sha256);
      const mime = await sniffMime(bytes.subarray(0, SNIFF_BYTES));
      const stored: StoredBlob = { sha256, sizeBytes: bytes.byteLength, mime };
      blobs.set(sha256, { stored, bytes: blobs.get(sha256)?.bytes ?? bytes, mtimeMs: now() });
      return blobRef(stored, options.name);
    },
    stat: async (sha256) => blobs.get(sha256)?.stored,
    async read(sha256, range) {
      const { bytes } = held(sha256);
      const part = clampRange(bytes.byteLength, range);
      return (async function* readPart() {
        if (part !== undefined) yield bytes.slice(part.start, part.end + 1);
      })();
    },
    bytes: async (sha256) => held(sha256).bytes.slice(),
    files: () => Array.from(blobs.values(), ({ stored, mtimeMs }) => ({ ...stored, mtimeMs })),
    discard: (sha256) => void blobs.delete(sha256),
  };
}
