import { fileTypeFromBuffer } from "file-type";
import { UNKNOWN_MIME } from "./core/blob-intake.ts";

/**
 * What must stand at the start besides the few letters that the library goes by: without it, a text of the right words would be
 * served as a clip or a picture. The first box of a clip is shorter than 64 KB, so its length begins with two zeros, which no text does.
 */
const BORNE_OUT_BY: Readonly<Record<string, RegExp>> = {
  "video/mp4": /^\0\0..ftyp/s,
  // The oldest of these begin with another box, such as `free` or `mdat`; they are kept as they are and not shown.
  "video/quicktime": /^\0\0..ftyp/s,
  "image/avif": /^\0\0..ftyp/s,
  "image/gif": /^GIF8[79]a/,
  "image/webp": /^RIFF.{4}WEBPVP8[ LX]/s,
};
const LONGEST_PROOF = 16;

/** What the bytes say they are, whatever a sender claimed; `application/octet-stream` when they say nothing. */
export async function sniffMime(head: Uint8Array): Promise<string> {
  const mime = (await fileTypeFromBuffer(head))?.mime;
  if (mime === undefined) return UNKNOWN_MIME;
  const proof = BORNE_OUT_BY[mime];
  const start = String.fromCharCode(...head.subarray(0, LONGEST_PROOF));
  return proof === undefined || proof.test(start) ? mime : UNKNOWN_MIME;
}
