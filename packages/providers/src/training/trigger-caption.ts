/**
 * A caption with the trigger word in it. Trainers leave the trigger word out where captions exist, so it is written
 * into them. `undefined` when there is nothing to say.
 */
export function triggerCaption(caption: string, triggerWord: string | undefined): string | undefined {
  const text = caption.trim();
  const trigger = triggerWord?.trim() ?? "";
  if (trigger === "") return text === "" ? undefined : text;
  if (text === "") return trigger;
  return hasWord(text, trigger) ? text : `${trigger}, ${text}`;
}

const WORD_CHARACTER = /[\p{L}\p{N}_]/u;

/** Whether the word stands in the text by itself, and not as a part of another. */
function hasWord(text: string, word: string): boolean {
  const [haystack, needle] = [text.toLowerCase(), word.toLowerCase()];
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    const [before = "", after = ""] = [haystack[at - 1], haystack[at + needle.length]];
    if (!WORD_CHARACTER.test(before) && !WORD_CHARACTER.test(after)) return true;
  }
  return false;
}
