import type { StagedCommit } from "./staging.ts";

/** Ids of the jobs that a commit removes for good. */
export function purgedJobs({ effect }: StagedCommit): readonly string[] {
  return (effect?.entries ?? [])
    .filter(({ collection, json }) => collection === "jobs" && json === undefined)
    .map(({ id }) => id);
}
