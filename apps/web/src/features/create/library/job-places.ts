import type { GeneratedContent, Job } from "@safelight/shared";
import { isActive } from "../../../domain/job-status.ts";
import type { LibraryItem, PictureItem } from "./library-item.ts";

/**
 * The places of one job: its pictures in the order of its results, and those that are still open, so that each picture
 * appears exactly where its place was held. A job that failed since `failuresSince` (ISO) shows that it did.
 */
export function jobPlaces(
  job: Job,
  contents: readonly GeneratedContent[],
  failuresSince: string,
): readonly LibraryItem[] {
  const items: LibraryItem[] = inOrder(contents, job).map((content, index) =>
    picturePlace(content, { key: placeKey(job, index), at: job.createdAt, styleId: liveStyleOf(job) }),
  );
  if (job.deletedAt !== undefined || !showsPlaces(job)) return items;
  const aspect = aspectOf(number(job.params["width"]), number(job.params["height"]));
  const at = job.createdAt;
  if (isActive(job)) {
    const count = pictureCount(job);
    for (let index = contents.length; index < count; index += 1) {
      const leads = index === contents.length;
      items.push({ kind: "pending", key: placeKey(job, index), at, aspect, job, index, count, leads });
    }
  } else if ((job.status === "failed" || job.status === "unknown") && at >= failuresSince) {
    items.push({ kind: "failed", key: placeKey(job, contents.length), at, aspect, job });
  }
  return items;
}

/** The place of one picture; without `place`, of one that no job brought. */
export function picturePlace(
  content: GeneratedContent,
  place: Pick<PictureItem, "key" | "at" | "styleId"> = alone(content),
): PictureItem {
  const { blob, config } = content;
  const aspect = aspectOf(blob?.width ?? config.width, blob?.height ?? config.height);
  const { key, at, styleId } = place;
  return { kind: "picture", key, at, aspect, content, styleId, text: undefined };
}

/** The place in the trash, where each picture stands alone. */
export function trashPlace(content: GeneratedContent, job: Job | undefined): PictureItem {
  return picturePlace(content, { ...alone(content), styleId: liveStyleOf(job) });
}

function alone({ id, createdAt }: GeneratedContent): Pick<PictureItem, "key" | "at" | "styleId"> {
  return { key: id, at: createdAt, styleId: undefined };
}

function liveStyleOf(job: Job | undefined): string | undefined {
  return job?.deletedAt === undefined ? job?.styleId : undefined;
}

// The first place has the job's own id: a library of a hundred thousand spares as many strings.
function placeKey(job: Job, index: number): string {
  return index === 0 ? job.id : `${job.id}:${index}`;
}

function showsPlaces({ kind }: Job): boolean {
  return kind === "image" || kind === "sprite" || kind === "video";
}

/** How many pictures a job was asked for. */
function pictureCount(job: Pick<Job, "params">): number {
  const count = number(job.params["count"]);
  return count === undefined ? 1 : Math.max(1, Math.round(count));
}

function inOrder(contents: readonly GeneratedContent[], job: Job): readonly GeneratedContent[] {
  if (contents.length < 2) return contents;
  const places = new Map(job.results.map((id, index) => [id, index]));
  const placeOf = (content: GeneratedContent) => places.get(content.id) ?? Infinity;
  return contents.toSorted((left, right) => {
    const [a, b] = [placeOf(left), placeOf(right)];
    if (a !== b) return a - b;
    return left.id < right.id ? -1 : 1;
  });
}

// Extremely wide or tall pictures are cropped in the grid, so that one panorama does not take a screen.
function aspectOf(width: number | undefined, height: number | undefined): number {
  if (width === undefined || height === undefined || width <= 0 || height <= 0) return 1;
  return Math.min(3, Math.max(0.4, width / height));
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
