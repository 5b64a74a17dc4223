import type { JobChoice, JobKind, JobStatus } from "@safelight/shared";
import { startOfDay } from "../../domain/day.ts";
import { JOB_STATUS_OPTIONS } from "../../domain/job-status.ts";
import { type JobSort, parseJobSort } from "./table/job-sort.ts";

export const JOB_KINDS: readonly { readonly value: JobKind; readonly label: string }[] = [
  { value: "image", label: "Image" },
  { value: "sprite", label: "Sprite" },
  { value: "video", label: "Video" },
  { value: "training", label: "Training" },
  { value: "chat", label: "Chat" },
];

/** What the Jobs room keeps in its address. `active` stands for every status that moves on by itself. */
export interface JobsSearch {
  /** Words that prompt, model, error or id must have. */
  readonly q?: string;
  readonly status?: JobStatus | "active";
  readonly kind?: JobKind;
  readonly provider?: string;
  readonly model?: string;
  /** Jobs that were asked for together. */
  readonly batch?: string;
  /** So many days, today among them. */
  readonly days?: number;
  /** Local days, both included: "2026-11-21". */
  readonly from?: string;
  readonly to?: string;
  /** US dollars, both included. */
  readonly minUsd?: number;
  readonly maxUsd?: number;
  readonly charge?: "unknown";
  readonly order?: JobSort;
}

export function parseJobsSearch(search: Record<string, unknown>): JobsSearch {
  const status =
    search["status"] === "active"
      ? "active"
      : JOB_STATUS_OPTIONS.find(({ value }) => value === search["status"])?.value;
  const { days } = search;
  return withoutUndefined({
    q: text(search["q"]),
    status,
    kind: JOB_KINDS.find(({ value }) => value === search["kind"])?.value,
    provider: text(search["provider"]),
    model: text(search["model"]),
    batch: text(search["batch"]),
    days: typeof days === "number" && Number.isInteger(days) && days >= 1 && days <= 3660 ? days : undefined,
    from: day(search["from"]),
    to: day(search["to"]),
    minUsd: usd(search["minUsd"]),
    maxUsd: usd(search["maxUsd"]),
    charge: search["charge"] === "unknown" ? ("unknown" as const) : undefined,
    order: parseJobSort(search["order"]),
  });
}

/** What the address asks for, on the local day `today`, as lists and exports take it. */
export function choiceOf(search: JobsSearch, today: string): JobChoice {
  const { q, status, kind, provider, model, batch, days, from, to, minUsd, maxUsd, charge } = search;
  const words = q?.trim() ?? "";
  const since = days === undefined ? from : undefined;
  return withoutUndefined({
    status,
    kind,
    provider,
    model,
    batchId: batch,
    from:
      days === undefined
        ? since === undefined
          ? undefined
          : startOfDay(since, 0)
        : startOfDay(today, 1 - days),
    to: to === undefined || days !== undefined ? undefined : startOfDay(to, 1),
    minUsd,
    maxUsd,
    charge,
    search: words === "" ? undefined : words,
  });
}

/** Whether the address narrows the table at all. */
export function isNarrowed({ order: _order, ...narrowing }: JobsSearch): boolean {
  return Object.keys(narrowing).length > 0;
}

function text(value: unknown): string | undefined {
  // The router reads what looks like a number as one.
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function usd(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && startOfDay(value, 0) !== undefined
    ? value
    : undefined;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}
