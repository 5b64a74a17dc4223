import type { BlobRef, GeneratedContent } from "@safelight/shared";

/** The picture that stands for a content where it is small: itself, or a clip's poster; `undefined` until a clip has one. */
export function stillOf({ blob, poster }: Pick<GeneratedContent, "blob" | "poster">): BlobRef | undefined {
  return poster ?? (blob?.mime.startsWith("video/") === true ? undefined : blob);
}
