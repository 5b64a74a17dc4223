import { useMemo } from "react";
import { useRecords } from "../../../sync/use-records.ts";

export interface UsedPrompt {
  readonly prompt: string;
  readonly negativePrompt: string;
}

/** Jobs that are looked through: a year of them would only repeat itself. */
const LOOKED_AT = 2000;
const OFFERED = 50;

/** Prompts of the last jobs, newest first, each once; those that hold `words` when there are any. */
export function usePromptHistory(words: string, enabled: boolean): readonly UsedPrompt[] {
  const jobs = useRecords("jobs");
  return useMemo(() => {
    if (!enabled) return [];
    const needle = words.trim().toLowerCase();
    const seen = new Set<string>();
    const found: UsedPrompt[] = [];
    for (const { prompt, negativePrompt = "" } of jobs.slice(0, LOOKED_AT)) {
      const key = `${prompt}\n${negativePrompt}`;
      if (prompt === "" || seen.has(key) || !prompt.toLowerCase().includes(needle)) continue;
      seen.add(key);
      found.push({ prompt, negativePrompt });
      if (found.length >= OFFERED) break;
    }
    return found;
  }, [jobs, words, enabled]);
}
