import type { FileSizes, StorageReport } from "../storage-report.ts";

const KINDS: Readonly<Record<string, string>> = {
  png: "image",
  jpg: "image",
  webp: "image",
  gif: "image",
  avif: "image",
  mp4: "video",
  webm: "video",
  mov: "video",
};

/** Sums blobs up by what their bytes are, as the extension says that they were given; largest first. */
export function sumBlobKinds(
  blobs: Iterable<{ readonly extension: string; readonly sizeBytes: number }>,
): Pick<StorageReport, "blobs" | "blobKinds"> {
  const kinds = new Map<string, FileSizes>();
  let files = 0;
  let total = 0;
  for (const { extension, sizeBytes } of blobs) {
    const kind = KINDS[extension] ?? "other";
    const sum = kinds.get(kind) ?? { files: 0, sizeBytes: 0 };
    kinds.set(kind, { files: sum.files + 1, sizeBytes: sum.sizeBytes + sizeBytes });
    files += 1;
    total += sizeBytes;
  }
  const blobKinds = [...kinds].map(([kind, sum]) => ({ kind, ...sum }));
  return {
    blobs: { files, sizeBytes: total },
    blobKinds: blobKinds.sort((a, b) => b.sizeBytes - a.sizeBytes),
  };
}
