import { type Job, type JobStatus, knownCostOf } from "@safelight/shared";
import { isActive } from "../../../domain/job-status.ts";

/** What the table can be ordered by. `status` orders by progress within a status. */
export const JOB_SORT_KEYS = [
  "number",
  "prompt",
  "kind",
  "provider",
  "status",
  "progress",
  "cost",
  "duration",
] as const;
export type JobSortKey = (typeof JOB_SORT_KEYS)[number];

/** A key, with a minus for the largest first; left out: newest first. */
export type JobSort = JobSortKey | `-${JobSortKey}`;

export function parseJobSort(value: unknown): JobSort | undefined {
  return JOB_SORT_KEYS.flatMap((key): JobSort[] => [key, `-${key}`]).find((sort) => sort === value);
}

/** Where a job's status stands among the others: what needs a person first, what is over last. */
const STATUS_PLACES: Readonly<Record<JobStatus, number>> = {
  unknown: 0,
  downloading: 1,
  running: 2,
  submitting: 3,
  queued: 4,
  failed: 5,
  canceled: 6,
  succeeded: 7,
};

export type SortValue = string | number | undefined;

/** Compares what jobs are ordered by; `sign` is -1 for the largest first. What has no value comes last both ways. */
export function compareValues(one: SortValue, other: SortValue, sign: 1 | -1): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -sign : sign;
}

export function readSort(sort: JobSort): { readonly key: JobSortKey; readonly isDescending: boolean } {
  const isDescending = sort.startsWith("-");
  const name = isDescending ? sort.slice(1) : sort;
  return { key: JOB_SORT_KEYS.find((key) => key === name) ?? "number", isDescending };
}

interface Known {
  readonly job: Job;
}

/** What jobs are ordered by. `textOf`: the folded text of a job, whose first line is that of its prompt. */
export function sortValues<T extends Known>(
  key: JobSortKey,
  textOf: (entry: T) => string,
): (entry: T) => SortValue {
  if (key === "prompt") return (entry) => (entry.job.prompt === "" ? undefined : firstLine(textOf(entry)));
  const valueOf = VALUES[key];
  return ({ job }) => valueOf(job);
}

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end === -1 ? text : text.slice(0, end);
}

const VALUES: Readonly<Record<Exclude<JobSortKey, "prompt">, (job: Job) => SortValue>> = {
  number: (job) => job.number,
  kind: (job) => job.kind,
  provider: (job) => job.provider,
  status: (job) => STATUS_PLACES[job.status] + (isActive(job) ? 1 - job.progress : 0) / 2,
  progress: (job) => job.progress,
  cost: (job) => (job.charge.state === "none" && isActive(job) ? undefined : knownCostOf(job)),
  duration: (job) => job.duration,
};
