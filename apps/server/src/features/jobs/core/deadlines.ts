import type { JobKind } from "@safelight/shared";

const MINUTE_MS = 60_000;

/** How long a run may take from its submit, the provider's own queue included, before somebody must look. */
export const DEADLINES_MS: Readonly<Record<JobKind, number>> = {
  image: 60 * MINUTE_MS,
  sprite: 60 * MINUTE_MS,
  chat: 30 * MINUTE_MS,
  video: 3 * 60 * MINUTE_MS,
  training: 48 * 60 * MINUTE_MS,
};

/** Longest wait between two polls of a run, in its provider's poll intervals. */
const MAX_POLL_FACTOR = 6;
const POLL_GROWTH = 1.3;

/**
 * Wait before the next poll, in milliseconds: it grows while nothing new comes. Trainings move slowly and are asked
 * after every `trainingPollMs` at most.
 * @param quietPolls Polls in a row that brought nothing new.
 */
export function pollDelayMs(
  kind: JobKind,
  timings: { readonly pollEveryMs: number; readonly trainingPollMs: number; readonly quietPolls: number },
): number {
  const { pollEveryMs, trainingPollMs, quietPolls } = timings;
  if (kind === "training") return Math.max(pollEveryMs, trainingPollMs);
  return pollEveryMs * Math.min(MAX_POLL_FACTOR, POLL_GROWTH ** quietPolls);
}
