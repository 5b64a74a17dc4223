import { extensionOf, INLINE_MIMES } from "@safelight/shared";
import { expect, it } from "vitest";
import { sumBlobKinds } from "./blob-kinds.ts";

it("counts whatever is shown as a picture or a clip, largest first, and the rest as other", () => {
  const shown = [...INLINE_MIMES].map((mime) => ({ extension: extensionOf(mime), sizeBytes: 1 }));
  const clips = [...INLINE_MIMES].filter((mime) => mime.startsWith("video/")).length;
  const pictures = INLINE_MIMES.size - clips;
  expect(sumBlobKinds([...shown, { extension: "bin", sizeBytes: 100 }])).toEqual({
    blobs: { files: INLINE_MIMES.size + 1, sizeBytes: INLINE_MIMES.size + 100 },
    blobKinds: [
      { kind: "other", files: 1, sizeBytes: 100 },
      { kind: "image", files: pictures, sizeBytes: pictures },
      { kind: "video", files: clips, sizeBytes: clips },
    ],
  });
});
