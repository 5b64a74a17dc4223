import { openBrowserStorage } from "@safelight/sync";

/**
 * This device's database, on its way from the moment that this file runs: the page's first script asks for it, and it opens
 * while the app's own code is still being loaded and run.
 */
export const earlyStorage = openBrowserStorage({ name: "safelight" });
