import type { Json } from "@safelight/shared";
import type { Find, KeptEntry } from "./found.ts";
import { cut } from "./read-value.ts";
import { stableId } from "./stable-id.ts";

const KEY =
  /^training_(.+)_(selectedSetId|parameters|currentTraining|consoleLogs|activeTab|description|showAdvanced)$/;
/** Longest text of a run's log that a draft takes along; its end is what tells how the run stood. */
const MAX_LOG_CHARS = 200_000;

/**
 * `training_{styleId}_*`: what the older training tab kept for each style. It becomes the style and its training form.
 * The run itself is not made a job: this studio did not submit it, and only its provider knows how it ended.
 */
export function findTrainings(entries: readonly KeptEntry[]): readonly Find[] {
  const byStyle = Map.groupBy(
    entries.filter(({ key }) => KEY.test(key)),
    ({ key }) => KEY.exec(key)?.[1] ?? "",
  );
  return [...byStyle].map(([styleId, own]) => findTraining(styleId, own));
}

function findTraining(olderId: string, entries: readonly KeptEntry[]): Find {
  const state: Record<string, Json> = {};
  for (const { key, text } of entries) {
    const field = KEY.exec(key)?.[2] ?? "";
    state[field] = field === "consoleLogs" ? shortLog(valueOf(text)) : valueOf(text);
  }
  const styleId = stableId("style", olderId);
  const named = /^\d+$/.test(olderId) ? `Style ${olderId}` : olderId;
  return {
    what: `Training of ${named}`,
    keys: entries.map(({ key }) => key),
    records: [
      { collection: "styles", id: styleId, fields: { name: cut(named, 500) } },
      {
        collection: "drafts",
        id: stableId("draft", "train", olderId),
        fields: { scope: `train/${styleId}`, state },
      },
    ],
    unreadable: [],
  };
}

/** The older hook wrote JSON; a plain word that is none was written by hand or by an earlier one. */
function valueOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function shortLog(log: Json): Json {
  if (typeof log === "string") return log.slice(-MAX_LOG_CHARS);
  if (!Array.isArray(log)) return log;
  const kept: Json[] = [];
  let chars = 0;
  for (const line of log.toReversed()) {
    chars += JSON.stringify(line).length;
    if (chars > MAX_LOG_CHARS) break;
    kept.push(line);
  }
  return kept.toReversed();
}
