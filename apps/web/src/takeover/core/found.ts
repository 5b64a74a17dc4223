import type { CollectionName, JsonObject } from "@safelight/shared";

/** What a key of localStorage holds. */
export interface KeptEntry {
  readonly key: string;
  readonly text: string;
}

/** A picture inside what was found: a `data:` URL, to be kept as bytes; its reference is set at `at` of the fields. */
export interface FoundPicture {
  readonly at: readonly (string | number)[];
  readonly dataUrl: string;
  readonly name: string;
}

/** A record to be made, unless there is one with this id. */
export interface FoundRecord {
  readonly collection: CollectionName;
  readonly id: string;
  readonly fields: JsonObject;
  readonly pictures?: readonly FoundPicture[];
}

/** A part that cannot be taken, and why. */
export interface Unreadable {
  readonly place: string;
  readonly reason: string;
}

/** Lists of the older apps that the server has an address for. */
export type PostTarget = "jobs" | "models" | "content";

/** What one older app kept under one or several keys, and what becomes of it here. */
export interface Find {
  /** "Training of style 100". */
  readonly what: string;
  readonly keys: readonly string[];
  readonly records: readonly FoundRecord[];
  /** Entries that only the server may take: it keeps when they were made and how a job ended. */
  readonly posts?: { readonly to: PostTarget; readonly entries: readonly JsonObject[] };
  readonly unreadable: readonly Unreadable[];
}

export const NOTHING_FOUND = { records: [], unreadable: [] } as const;
