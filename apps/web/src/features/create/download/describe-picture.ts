import type { GeneratedContent } from "@safelight/shared";
import { settingsOfContent, stampPicture } from "@safelight/shared/picture-metadata";

/** A copy of a picture that says how it was made; the original where its format carries no words. */
export async function describePicture(original: Blob, content: GeneratedContent): Promise<Blob> {
  const bytes = new Uint8Array(await original.arrayBuffer());
  const stamped = stampPicture(bytes, settingsOfContent(content));
  return stamped === undefined ? original : new Blob([new Uint8Array(stamped)], { type: original.type });
}
