import { createHash } from "node:crypto";
import type { BlobRef } from "@safelight/shared";
import { smallPng } from "./png.ts";

/** Small pictures that a test host has, and how jobs name them. */
export function pictureBlobs(count: number): {
  readonly refs: readonly [BlobRef, ...BlobRef[]];
  readonly blobs: ReadonlyMap<string, Uint8Array>;
} {
  const blobs = new Map<string, Uint8Array>();
  const refOf = (index: number): BlobRef => {
    const bytes = smallPng(index * 7 + 1);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    blobs.set(sha256, bytes);
    return {
      sha256,
      sizeBytes: bytes.byteLength,
      mime: "image/png",
      name: `${index}.png`,
      width: 8,
      height: 8,
    };
  };
  return { refs: [refOf(0), ...Array.from({ length: count - 1 }, (_, index) => refOf(index + 1))], blobs };
}
