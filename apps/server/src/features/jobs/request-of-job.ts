import type { ProviderRequest } from "@safelight/providers";
import type { Job } from "@safelight/shared";

/** The parts of a job that its provider gets. */
export function requestOf(
  job: Pick<Job, "id" | "kind" | "prompt" | "params"> & {
    readonly model?: string | undefined;
    readonly negativePrompt?: string | undefined;
  },
): ProviderRequest {
  const { id, kind, prompt, params, model, negativePrompt } = job;
  return {
    jobId: id,
    kind,
    prompt,
    params,
    ...(model !== undefined && { model }),
    ...(negativePrompt !== undefined && { negativePrompt }),
  };
}
