import { isRecord } from "./is-record.ts";

const MAX_LENGTH = 600;
/** Where providers put what went wrong, the most telling first. */
const FIELDS = ["detail", "error", "message", "msg", "title", "reason", "errors"];

/** What a provider says in the body of an error, or `undefined` when it says nothing that is meant for people. */
export function wordsOf(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, 64 * 1024)).trim();
  if (text === "" || text.startsWith("<")) return undefined;
  return shorten(wordsIn(parse(text)) ?? "");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the text itself is what the provider says.
    return text;
  }
}

/** The words in a parsed body or in a part of it. Lists of faults name the place of each. */
export function wordsIn(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (Array.isArray(value)) {
    const all = value.map((item) => placed(item)).filter((item) => item !== undefined);
    return all.length === 0 ? undefined : all.join(" ");
  }
  if (!isRecord(value)) return undefined;
  for (const field of FIELDS) {
    const words = wordsIn(value[field]);
    if (words !== undefined) return words;
  }
  return undefined;
}

function placed(item: unknown): string | undefined {
  const words = wordsIn(item);
  if (words === undefined || !isRecord(item) || !Array.isArray(item["loc"])) return words;
  return `${item["loc"].join(".")}: ${words}.`;
}

function shorten(words: string): string | undefined {
  if (words === "") return undefined;
  return words.length <= MAX_LENGTH ? words : `${words.slice(0, MAX_LENGTH)}…`;
}
