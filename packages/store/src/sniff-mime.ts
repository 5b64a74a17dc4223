import { fileTypeFromBuffer } from "file-type";
import { UNKNOWN_MIME } from "./core/blob-intake.ts";

/** What the bytes say they are, whatever a sender claimed; `application/octet-stream` when they say nothing. */
export async function sniffMime(head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head);
  return found?.mime ?? UNKNOWN_MIME;
}
