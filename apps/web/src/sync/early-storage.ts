import { openBrowserStorage } from "@safelight/sync";

/**
 * This device's database, on its way from the moment that this file runs: it is part of the page's first script, and opens while the
 * app's own code is still being loaded and run.
 */
export const earlyStorage = openBrowserStorage({ name: "safelight" });
// The app asks for it too, and tells when it does not open.
earlyStorage.catch(() => undefined);
