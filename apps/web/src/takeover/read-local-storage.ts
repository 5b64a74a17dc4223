import type { KeptEntry } from "./core/found.ts";

/** Everything that this browser keeps in localStorage for the studio's address; nothing where it is refused. */
export function readLocalStorage(): readonly KeptEntry[] {
  try {
    return Object.keys(localStorage).flatMap((key) => {
      const text = localStorage.getItem(key);
      return text === null ? [] : [{ key, text }];
    });
  } catch {
    // A browser that refuses storage kept nothing of an older app either.
    return [];
  }
}

/** The entries of a file with what another address kept: `JSON.stringify(localStorage)`. `undefined` for another file. */
export function parseKeptFile(text: string): readonly KeptEntry[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Told by the caller.
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).map(([key, held]) => ({
    key,
    text: typeof held === "string" ? held : JSON.stringify(held),
  }));
}
