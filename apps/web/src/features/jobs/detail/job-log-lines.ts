import { isJsonObject, type JobStatus, type Json, type JsonObject } from "@safelight/shared";
import { shaped } from "../../../api/shaped.ts";
import { formatSeconds } from "../../../domain/format.ts";
import { jobStatusWords } from "../../../domain/job-status.ts";

/** Who has the job, by ids. */
interface LogPlace {
  readonly provider: string;
  readonly model: string | undefined;
}

/** What providers and their models are called. */
export interface PlaceNames {
  readonly provider: (providerId: string) => string;
  readonly model: (modelId: string, providerId: string) => string;
}

/** A line of a job's log. */
export interface LogLine {
  /** ISO time, where the line has one. */
  readonly at: string | undefined;
  readonly kind: "state" | "progress" | "note" | "problem" | "output";
  readonly status: JobStatus | undefined;
  /** What it says, bit by bit; a place is said by its name. */
  readonly parts: readonly (string | LogPlace)[];
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

/** What a line says, bit by bit, for people to read. */
export function wordsOfLine({ parts }: LogLine, names: PlaceNames): readonly string[] {
  return parts.map((part) => {
    if (typeof part === "string") return part;
    const { provider, model } = part;
    const named = names.provider(provider);
    return `at ${model === undefined ? named : `${named} · ${names.model(model, provider)}`}`;
  });
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
      isText(provider) ? { provider, model: isText(model) ? model : undefined } : "",
      isText(run) ? `run ${run}` : "",
      typeof seconds === "number" ? `after ${formatSeconds(seconds)}` : "",
      said,
    ].filter((part) => part !== "");
    return { ...base, kind, parts: [word ?? statusKnown, ...details] };
  }
  if (kind === "progress") {
    const percent = typeof progress === "number" ? `${Math.round(progress * 100)} %` : "";
    return { ...base, kind, parts: [percent, step].filter(isText) };
  }
  if (kind === "note" || kind === "problem") return { ...base, kind, parts: [said] };
  return { ...base, kind: "output", parts: [said === "" ? plain(more) : said] };
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function plain(values: JsonObject): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join("  ");
}
