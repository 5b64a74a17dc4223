import { notifications } from "@mantine/notifications";
import { saveFile } from "../sync/save-file.ts";
import { readLocalStorage } from "./read-local-storage.ts";

/** Those of `keys` that this browser still holds. */
export function takenKeys(keys: readonly string[]): readonly string[] {
  const taken = new Set(keys);
  return readLocalStorage().flatMap(({ key }) => (taken.has(key) ? [key] : []));
}

/** Removes what was taken over from localStorage, after a copy of it was saved as a file. */
export function removeOriginals(keys: readonly string[]): void {
  const going = readLocalStorage().filter(({ key }) => keys.includes(key));
  const copy = Object.fromEntries(going.map(({ key, text }) => [key, text]));
  saveFile("older-apps-localstorage.json", JSON.stringify(copy, null, 1));
  for (const { key } of going) localStorage.removeItem(key);
  notifications.show({ message: "The old copies were saved to a file and removed from this browser." });
}
