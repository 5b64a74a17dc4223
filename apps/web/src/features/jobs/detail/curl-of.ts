import type { Job } from "@safelight/shared";

/** The job as a command that asks the studio for the same again. */
export function curlOf(job: Job, origin: string): string {
  const { kind, provider, model, prompt, negativePrompt, params } = job;
  const body = JSON.stringify({
    kind,
    provider,
    ...(model === undefined ? {} : { model }),
    prompt,
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    params,
  });
  // In a shell's single quotes only the quote itself ends the text.
  const quoted = body.replaceAll("'", String.raw`'\''`);
  return `curl -X POST ${origin}/api/jobs -H 'content-type: application/json' -d '${quoted}'`;
}
