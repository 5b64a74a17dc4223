import type { GeneratedContent } from "@safelight/shared";

/** A way to give a picture out of the studio. Another way is one more of these in `DOWNLOAD_VARIANTS`. */
export interface DownloadVariant {
  readonly id: string;
  /** Follows "Download": "as it is", "with its settings". */
  readonly label: string;
  /** The key that asks for it in the library. */
  readonly key: string;
  appliesTo(content: GeneratedContent): boolean;
  /** The bytes to hand out, made from the original's. */
  make(original: Blob, content: GeneratedContent): Promise<Blob>;
}

/** The bytes as they came, which their hash names. */
export const ORIGINAL: DownloadVariant = {
  id: "original",
  label: "as it is",
  key: "d",
  appliesTo: () => true,
  make: async (original) => original,
};
