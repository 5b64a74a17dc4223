import { isMade } from "../library/picture-words.ts";
import type { DownloadVariant } from "./download-variant.ts";

const CARRIES_WORDS: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp"]);

/** A copy that says how it was made, as A1111 and Safelight read it. The original stays as it came. */
export const DESCRIBED: DownloadVariant = {
  id: "described",
  label: "with its settings",
  key: "D",
  appliesTo: (content) => isMade(content) && CARRIES_WORDS.has(content.blob?.mime ?? ""),
  async make(original, content) {
    // The library is drawn without what writes into pictures.
    const { describePicture } = await import("./describe-picture.ts");
    return describePicture(original, content);
  },
};
