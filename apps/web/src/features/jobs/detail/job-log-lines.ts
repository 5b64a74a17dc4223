import { isJsonObject, type JobStatus, type Json, type JsonObject } from "@safelight/shared";
import { shaped } from "../../../api/shaped.ts";
import { formatSeconds } from "../../../domain/format.ts";
import { jobStatusWords } from "../../../domain/job-status.ts";

/** A line of a job's log, in words. */
export interface LogLine {
  /** ISO time, where the line has one. */
  readonly at: string | undefined;
  readonly kind: "state" | "progress" | "note" | "problem" | "output";
  readonly status: JobStatus | undefined;
  readonly text: string;
}

export interface LogPage {
  readonly lines: readonly LogLine[];
  readonly nextOffset: number;
  readonly isAtEnd: boolean;
}

/** Reads a page of `GET /api/jobs/:id/log`. Throws `FetchError` when it is something else. */
export function parseLogPage(answer: unknown): LogPage {
  const { lines, nextOffset, size } = shaped(answer, { lines: "list", nextOffset: "number", size: "number" });
  return { lines: lines.filter(isJsonObject).map(lineOf), nextOffset, isAtEnd: nextOffset >= size };
}

function lineOf(line: JsonObject): LogLine {
  const { at, kind, message, status, progress, step, reason, ...more } = line;
  const statusKnown = typeof status === "string" ? (status as JobStatus) : undefined;
  const base = { at: typeof at === "string" ? at : undefined, status: statusKnown };
  const said = [message, reason].filter((each) => typeof each === "string").join(": ");
  if (kind === "state" && statusKnown !== undefined) {
    const word = jobStatusWords({ status: statusKnown, number: 1 }).word;
    const { provider, model, run, seconds } = more;
    const details = [
      typeof provider === "string" ? `at ${[provider, model].filter(isText).join(" · ")}` : "",
      isText(run) ? `run ${run}` : "",
      typeof seconds === "number" ? `after ${formatSeconds(seconds)}` : "",
      said,
    ].filter(Boolean);
    return { ...base, kind, text: [word ?? statusKnown, ...details].join(", ") };
  }
  if (kind === "progress") {
    const percent = typeof progress === "number" ? `${Math.round(progress * 100)} %` : "";
    return { ...base, kind, text: [percent, step].filter(isText).join(", ") };
  }
  if (kind === "note" || kind === "problem") return { ...base, kind, text: said };
  return { ...base, kind: "output", text: said === "" ? plain(more) : said };
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function plain(values: JsonObject): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join("  ");
}
