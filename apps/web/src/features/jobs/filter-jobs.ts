import type { Job } from "@safelight/shared";
import { isActive } from "../../domain/job-status.ts";
import type { JobsSearch } from "./jobs-search.ts";

/** The jobs that the filters let through, in their order. */
export function filterJobs<T extends Job>(jobs: readonly T[], search: JobsSearch): readonly T[] {
  const { status, provider, kind } = search;
  if (status === undefined && provider === undefined && kind === undefined) return jobs;
  return jobs.filter(
    (job) =>
      (status === undefined || (status === "active" ? isActive(job) : job.status === status)) &&
      (provider === undefined || job.provider === provider) &&
      (kind === undefined || job.kind === kind),
  );
}
