import type { GeneratedContent } from "@safelight/shared";
import { DESCRIBED } from "./described-variant.ts";
import { type DownloadVariant, ORIGINAL } from "./download-variant.ts";

/** The first is the default. */
export const DOWNLOAD_VARIANTS: readonly [DownloadVariant, ...DownloadVariant[]] = [ORIGINAL, DESCRIBED];

/**
 * The ways that make a difference to any of these pictures, which can be walked more than once; no more of them are looked
 * at than it takes.
 */
export function variantsOf(contents: Iterable<GeneratedContent>): readonly DownloadVariant[] {
  return DOWNLOAD_VARIANTS.filter((variant) => {
    for (const content of contents) if (content.blob !== undefined && variant.appliesTo(content)) return true;
    return false;
  });
}
