import type { SyncClient } from "@safelight/sync";

/** Lets the browser ask before a page closes that holds what this device's disk does not. */
export function guardUnload(client: SyncClient): void {
  window.addEventListener("beforeunload", (event) => {
    if (client.status().state === "not-saved") event.preventDefault();
  });
}
