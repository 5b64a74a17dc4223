import type { GeneratedContent, Job } from "@safelight/shared";
import { isActive } from "../../../domain/job-status.ts";

/** One place in the library: a picture, or where one will be. `at` is the ISO time that it is sorted and grouped by. */
export type LibraryItem = {
  readonly key: string;
  readonly at: string;
  /** Width over height. */
  readonly aspect: number;
} & (
  | { readonly kind: "picture"; readonly content: GeneratedContent }
  /** Place `index` (from 0) of the `count` that the job was asked for; `leads`: the first that is still open. */
  | {
      readonly kind: "pending";
      readonly job: Job;
      readonly index: number;
      readonly count: number;
      readonly leads: boolean;
    }
  | { readonly kind: "failed"; readonly job: Job }
);

/**
 * The library in order, newest first. Pictures of one job stand together at the time of the job, in the order of its
 * results, so that each appears exactly where its place was held. Jobs that failed since `failuresSince` (ISO) show
 * that they did.
 */
export function libraryItems(
  contents: readonly GeneratedContent[],
  jobs: readonly Job[],
  failuresSince: string,
): readonly LibraryItem[] {
  const jobsById = new Map(jobs.map((job) => [job.id, job]));
  const byJob = new Map<string, GeneratedContent[]>();
  const groups: { at: string; key: string; items: LibraryItem[] }[] = [];

  for (const content of contents) {
    const job = content.jobId === undefined ? undefined : jobsById.get(content.jobId);
    if (job === undefined) {
      const item = {
        kind: "picture",
        key: content.id,
        at: content.createdAt,
        ...shape(content),
        content,
      } as const;
      groups.push({ at: content.createdAt, key: content.id, items: [item] });
      continue;
    }
    const siblings = byJob.get(job.id);
    if (siblings === undefined) byJob.set(job.id, [content]);
    else siblings.push(content);
  }

  for (const job of jobs) {
    const pictures = byJob.get(job.id) ?? [];
    const items = jobItems(job, inOrder(pictures, job), failuresSince);
    if (items.length > 0) groups.push({ at: job.createdAt, key: job.id, items: [...items] });
  }
  groups.sort((a, b) => (a.at === b.at ? compare(b.key, a.key) : compare(b.at, a.at)));
  return groups.flatMap((group) => group.items);
}

function jobItems(
  job: Job,
  pictures: readonly GeneratedContent[],
  failuresSince: string,
): readonly LibraryItem[] {
  const items: LibraryItem[] = pictures.map((content, index) => ({
    kind: "picture",
    key: `${job.id}:${index}`,
    at: job.createdAt,
    ...shape(content),
    content,
  }));
  if (job.kind !== "image" && job.kind !== "sprite") return items;
  const aspect = aspectOf(number(job.params["width"]), number(job.params["height"]));
  if (isActive(job)) {
    const count = pictureCount(job);
    for (let index = pictures.length; index < count; index += 1) {
      const leads = index === pictures.length;
      const key = `${job.id}:${index}`;
      items.push({ kind: "pending", key, at: job.createdAt, aspect, job, index, count, leads });
    }
  } else if ((job.status === "failed" || job.status === "unknown") && job.createdAt >= failuresSince) {
    items.push({ kind: "failed", key: `${job.id}:${pictures.length}`, at: job.createdAt, aspect, job });
  }
  return items;
}

/** How many pictures a job was asked for. */
function pictureCount(job: Pick<Job, "params">): number {
  const count = number(job.params["count"]);
  return count === undefined ? 1 : Math.max(1, Math.round(count));
}

function inOrder(pictures: readonly GeneratedContent[], job: Job): readonly GeneratedContent[] {
  if (pictures.length < 2) return pictures;
  const place = new Map(job.results.map((id, index) => [id, index]));
  const placeOf = (content: GeneratedContent) => place.get(content.id) ?? Infinity;
  return pictures.toSorted((a, b) => {
    const [left, right] = [placeOf(a), placeOf(b)];
    return left === right ? compare(a.id, b.id) : left - right;
  });
}

function shape(content: GeneratedContent): { readonly aspect: number } {
  const { blob, config } = content;
  return { aspect: aspectOf(blob?.width ?? config.width, blob?.height ?? config.height) };
}

// Extremely wide or tall pictures are cropped in the grid, so that one panorama does not take a screen.
function aspectOf(width: number | undefined, height: number | undefined): number {
  if (width === undefined || height === undefined || width <= 0 || height <= 0) return 1;
  return Math.min(3, Math.max(0.4, width / height));
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
