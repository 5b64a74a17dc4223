import type { Job } from "@safelight/shared";

/** Faults after which the results of a run may still be at its provider. */
const FETCHABLE: ReadonlySet<string> = new Set(["download.failed", "result.missing", "result.empty"]);

/** Whether a job has a run whose results can be fetched once more, for free. */
export function canFetch({ status, error, remote }: Pick<Job, "status" | "error" | "remote">): boolean {
  if (status === "downloading") return error !== undefined;
  return status === "failed" && remote !== undefined && FETCHABLE.has(error?.code ?? "");
}
