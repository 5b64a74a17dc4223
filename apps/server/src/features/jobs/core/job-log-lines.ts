import type { Job, JsonObject } from "@safelight/shared";

/** What of a job was last told in its log. */
export interface ToldJob {
  readonly status: Job["status"];
  readonly wantsCancel: boolean;
  readonly errorMessage: string | undefined;
  readonly progressAtMs: number;
}

/** Least time between two lines about a job's progress. */
const PROGRESS_EVERY_MS = 2000;
const MAX_MESSAGE = 2000;

/** A job that was queued and has not moved: its log begins with its first step, however many wait. */
export const JUST_QUEUED: ToldJob = Object.freeze({
  status: "queued",
  wantsCancel: false,
  errorMessage: undefined,
  progressAtMs: 0,
});

/** Where a job stands, taken as told without a line. */
export function toldOf(job: Job): ToldJob {
  return {
    status: job.status,
    wantsCancel: job.cancelRequested === true,
    errorMessage: job.error?.message,
    progressAtMs: 0,
  };
}

/** The lines that a new state of a job is worth, given what was told before. `at`: ISO time of the change. */
export function linesOfJob(
  told: ToldJob | undefined,
  job: Job,
  at: string,
): { readonly lines: readonly JsonObject[]; readonly told: ToldJob } {
  const now = toldOf(job);
  const isUntouched = job.status === "queued" && !now.wantsCancel && now.errorMessage === undefined;
  if (isUntouched && (told === undefined || told === JUST_QUEUED)) return { lines: [], told: JUST_QUEUED };
  const lines: JsonObject[] = [];
  if (told === JUST_QUEUED) lines.push({ at: job.createdAt, kind: "state", status: "queued" });
  const atMs = Date.parse(at);
  let progressAtMs = told?.progressAtMs ?? 0;
  if (now.wantsCancel && told?.wantsCancel !== true) {
    lines.push({ at, kind: "note", message: "Somebody asked for it to be cancelled." });
  }
  if (now.status !== told?.status) lines.push(stateLine(job, at));
  else if (now.errorMessage !== undefined && now.errorMessage !== told.errorMessage) {
    lines.push({ at, kind: "problem", message: cut(now.errorMessage) });
  } else if (job.status === "running" && job.progress > 0 && atMs - progressAtMs >= PROGRESS_EVERY_MS) {
    progressAtMs = atMs;
    lines.push({
      at,
      kind: "progress",
      progress: job.progress,
      ...(job.step !== undefined && { step: job.step }),
    });
  }
  return { lines, told: { ...now, progressAtMs } };
}

/** A line for what the runner says of a job beside its states. */
export function remarkLine(
  at: string,
  kind: "note" | "problem",
  message: string,
  error: unknown,
): JsonObject {
  const reason = error instanceof Error ? error.message : undefined;
  return { at, kind, message: cut(message), ...(reason !== undefined && { reason: cut(reason) }) };
}

function stateLine(job: Job, at: string): JsonObject {
  const { status, error, charge, results, duration } = job;
  const isOver = job.endTime !== undefined;
  return {
    at,
    kind: "state",
    status,
    ...(status === "submitting" && {
      provider: job.provider,
      ...(job.model !== undefined && { model: job.model }),
    }),
    ...(status === "running" && typeof job.remote?.["id"] === "string" && { run: cut(job.remote["id"]) }),
    ...(error !== undefined && { code: error.code, message: cut(error.message) }),
    ...(status === "succeeded" && { results: [...results] }),
    ...(isOver && { charge }),
    ...(isOver && duration !== undefined && { seconds: duration }),
  };
}

function cut(text: string): string {
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}
