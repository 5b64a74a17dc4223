import { isJsonObject, type JsonObject } from "@safelight/shared";
import type { Find, KeptEntry, Unreadable } from "./found.ts";
import { stableId } from "./stable-id.ts";

/** Drafts of this scope hold a report each: what was taken over, from where, and what could not be read. */
export const TAKEOVER_SCOPE = "takeover";

/** What became of one find. Counts by words: `{picture: 3}`. */
export interface TakeoverReport {
  readonly what: string;
  readonly keys: readonly string[];
  /** ISO. */
  readonly at: string;
  /** How many entries came in; those that were here already are `known`. */
  readonly taken: number;
  readonly known: number;
  readonly unreadable: readonly Unreadable[];
}

/** The id of the report on a find: the same as long as its keys hold the same. That there is one says that it is done. */
export function reportId(find: Find, entries: readonly KeptEntry[]): string {
  const texts = entries.filter(({ key }) => find.keys.includes(key)).map(({ key, text }) => [key, text]);
  return stableId("draft", TAKEOVER_SCOPE, texts);
}

/** Reads the state of a draft; `undefined` for another shape. */
export function parseReport(state: JsonObject | undefined): TakeoverReport | undefined {
  const { what, at, keys, taken, known, unreadable } = state ?? {};
  if (typeof what !== "string" || typeof at !== "string" || typeof taken !== "number") return undefined;
  return {
    what,
    at,
    taken,
    known: typeof known === "number" ? known : 0,
    keys: Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [],
    unreadable: Array.isArray(unreadable) ? unreadable.flatMap((item) => parseUnreadable(item) ?? []) : [],
  };
}

function parseUnreadable(item: unknown): Unreadable | undefined {
  if (!isJsonObject(item)) return undefined;
  const { place, reason } = item;
  return typeof place === "string" && typeof reason === "string" ? { place, reason } : undefined;
}
