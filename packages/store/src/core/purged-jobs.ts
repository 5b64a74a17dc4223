import type { StagedCommit } from "./staging.ts";

/** Ids of the jobs that a commit removes for good. */
export function purgedJobs({ effect }: StagedCommit): readonly string[] {
  const ids: string[] = [];
  for (const { collection, json, id } of effect?.entries ?? []) {
    if (collection === "jobs" && json === undefined) ids.push(id);
  }
  return ids;
}
