import type { GeneratedContent } from "@safelight/shared";
import { DESCRIBED } from "./described-variant.ts";
import { type DownloadVariant, ORIGINAL } from "./download-variant.ts";

/** The first is the default. */
export const DOWNLOAD_VARIANTS: readonly [DownloadVariant, ...DownloadVariant[]] = [ORIGINAL, DESCRIBED];

/** The ways that make a difference to any of these pictures. */
export function variantsOf(contents: readonly GeneratedContent[]): readonly DownloadVariant[] {
  const files = contents.filter(({ blob }) => blob !== undefined);
  return DOWNLOAD_VARIANTS.filter((variant) => files.some((content) => variant.appliesTo(content)));
}
