const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/apng": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "avif",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "video/quicktime": "mov",
  "application/zip": "zip",
  "application/json": "json",
};

/** Kinds of bytes that are served inline; everything else is a download. */
export const INLINE_MIMES: ReadonlySet<string> = new Set([
  "image/png",
  "image/apng",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "image/avif",
  "video/mp4",
  "video/webm",
  "video/quicktime",
]);

/** File extension, without the dot, for a MIME type; `bin` for an unknown one. */
export function extensionOf(mime: string): string {
  return EXTENSIONS[mime] ?? "bin";
}
