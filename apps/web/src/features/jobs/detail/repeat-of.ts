import type { Job, NewRecord } from "@safelight/shared";

/** The fields of a job that does the same work once more. */
export function repeatOf(job: Job): NewRecord<"jobs"> {
  const { id, kind, provider, model, prompt, negativePrompt, params, styleId } = job;
  return {
    kind,
    provider,
    prompt,
    params,
    repeats: id,
    ...(model === undefined ? {} : { model }),
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(styleId === undefined ? {} : { styleId }),
  };
}
