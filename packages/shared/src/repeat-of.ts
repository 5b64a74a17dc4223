import type { NewRecord } from "./collections.ts";
import type { Job } from "./records/job.ts";

/**
 * The fields of a job that does the same work once more. Older apps wrote `null` for a parameter that was left to the
 * provider, which is left out here.
 */
export function repeatOf(job: Job): NewRecord<"jobs"> & Pick<Job, "kind" | "provider" | "prompt" | "params"> {
  const { id, kind, provider, model, prompt, negativePrompt, params, styleId } = job;
  return {
    kind,
    provider,
    prompt,
    params: Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null)),
    repeats: id,
    ...(model === undefined ? {} : { model }),
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(styleId === undefined ? {} : { styleId }),
  };
}
