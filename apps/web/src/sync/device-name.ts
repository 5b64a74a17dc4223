import { MOST_DEVICE_NAME } from "@safelight/shared";
import { deviceWords } from "../domain/device-words.ts";

const KEY = "safelight-device-name";

/** What this browser is called where its changes are shown: as its owner named it, else after itself. */
export function deviceName(): string {
  return kept() ?? deviceWords(navigator.userAgent);
}

/** Takes effect with the next change that is sent, in every tab; an empty name is the browser's own again. */
export function nameDevice(name: string): void {
  try {
    if (name.trim() === "") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, name.trim().slice(0, MOST_DEVICE_NAME));
  } catch {
    // A browser that keeps nothing for this page goes by its own name.
  }
}

function kept(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    // As above.
    return undefined;
  }
}
