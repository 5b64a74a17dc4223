import type { Provider, RemoteRun } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import type { RunnerLog } from "./job-drive.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Ends after which nothing of a run is asked for any more. A failed download may still be tried again. */
const FINAL: ReadonlySet<Job["status"]> = new Set(["succeeded", "canceled"]);

/** Whether a job came to its last end so lately that its provider may still keep something of it. */
export function isJustEnded({ status, endTime, remote }: Job, nowMs: number): boolean {
  return FINAL.has(status) && remote !== undefined && endTime !== undefined && nowMs - endTime < DAY_MS;
}

/** Lets providers drop what they keep of runs that are over. May be repeated; a failure costs nothing but room. */
export async function forgetRuns(
  jobs: readonly Job[],
  { providers, log }: { readonly providers: ReadonlyMap<string, Provider>; readonly log: RunnerLog },
): Promise<void> {
  for (const { id, provider: providerId, remote } of jobs) {
    const provider = providers.get(providerId);
    const runId = remote?.["id"];
    if (provider?.forget === undefined || typeof runId !== "string") continue;
    try {
      await provider.forget({
        ...(remote as Record<string, string | number | boolean>),
        id: runId,
      } satisfies RemoteRun);
    } catch (error) {
      log.warn({ jobId: id, error }, "what the provider keeps of a finished run could not be let go");
    }
  }
}
