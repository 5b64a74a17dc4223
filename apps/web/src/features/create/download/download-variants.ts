import { DESCRIBED } from "./described-variant.ts";
import { type DownloadVariant, ORIGINAL } from "./download-variant.ts";

/** The first is the default. */
export const DOWNLOAD_VARIANTS: readonly [DownloadVariant, ...DownloadVariant[]] = [ORIGINAL, DESCRIBED];
