import { isJsonObject, type Json } from "@safelight/shared";
import { findEditorBackup } from "./find-editor-backup.ts";
import { findGallery } from "./find-gallery.ts";
import { findJobs } from "./find-jobs.ts";
import { findStudioLists } from "./find-studio-lists.ts";
import { findTrainings } from "./find-trainings.ts";
import { type Find, type KeptEntry, NOTHING_FOUND } from "./found.ts";

/** Keys by which the older apps are known, for saying so when what stands there cannot be read. */
const OLDER_KEY = /job|training|model|content|session|gallery|editor|chat|canvas/i;
/** Ours, and those of libraries. */
const OTHERS = /^(?:safelight|mantine|tsr-|workbox|loglevel|TanStack)/i;

/**
 * What older apps kept in a browser, by its shape: their keys were never written down, but for `training_{styleId}_*`.
 * What is none of theirs is left out; what carries a key of theirs and cannot be read is told.
 */
export function findOlderData(entries: readonly KeptEntry[]): readonly Find[] {
  const candidates = entries.filter(({ key }) => !OTHERS.test(key));
  const trainings = findTrainings(candidates);
  const taken = new Set(trainings.flatMap(({ keys }) => keys));
  const others = candidates.filter(({ key }) => !taken.has(key)).flatMap((entry) => readEntry(entry) ?? []);
  return [...trainings, ...others];
}

function readEntry(entry: KeptEntry): Find | undefined {
  const value = parse(entry.text);
  if (value === undefined) {
    if (!OLDER_KEY.test(entry.key) || !/^\s*[[{]/.test(entry.text)) return undefined;
    const reason = "It is cut off or damaged: it cannot be read as JSON.";
    return {
      ...NOTHING_FOUND,
      what: `“${entry.key}”`,
      keys: [entry.key],
      unreadable: [{ place: entry.key, reason }],
    };
  }
  const plain = isJsonObject(value) && isJsonObject(value["state"]) ? value["state"] : value;
  return (
    findJobs(entry, plain) ??
    findStudioLists(entry, plain) ??
    findGallery(entry, plain) ??
    findEditorBackup(entry, value)
  );
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Told by the caller, where it is an older app's.
    return undefined;
  }
}
