import type { Charge, Expense, Job } from "@safelight/shared";

/** What one job cost, or may cost. */
export interface LedgerEntry {
  readonly jobId: string;
  readonly number: number | undefined;
  /** When it was sent, epoch ms. */
  readonly atMs: number;
  readonly provider: string;
  readonly model: string;
  readonly kind: Job["kind"];
  /** `purged`: the job's record is gone. */
  readonly status: Job["status"] | "purged";
  readonly state: Exclude<Charge["state"], "none">;
  /** Billionths of a US dollar: whole numbers add up without an error. `undefined`: nobody told a price. */
  readonly nanoUsd: number | undefined;
  readonly estimateNanoUsd: number | undefined;
}

const NANO = 1e9;

export function nanoOf(usd: number): number {
  return Math.round(usd * NANO);
}

export function usdOf(nanoUsd: number): number {
  return nanoUsd / NANO;
}

/** The entry of a job that costs money, or may; `undefined` for one that does not. */
export function entryOf(job: Job): LedgerEntry | undefined {
  const { charge, estimate } = job;
  if (charge.state === "none") return undefined;
  return {
    jobId: job.id,
    number: job.number,
    atMs: job.startTime ?? Date.parse(job.createdAt),
    provider: job.provider,
    model: job.model ?? "",
    kind: job.kind,
    status: job.status,
    state: charge.state,
    nanoUsd: charge.usd === undefined ? undefined : nanoOf(charge.usd),
    estimateNanoUsd: estimate?.usd === undefined ? undefined : nanoOf(estimate.usd),
  };
}

/** The entry that a purged job left. */
export function entryOfExpense(expense: Expense): LedgerEntry | undefined {
  const { jobId, number, time, provider, model = "", kind, charge, estimate } = expense;
  if (charge.state === "none") return undefined;
  const { state } = charge;
  return {
    jobId,
    number,
    atMs: time,
    provider,
    model,
    kind,
    status: "purged",
    state,
    nanoUsd: charge.usd === undefined ? undefined : nanoOf(charge.usd),
    estimateNanoUsd: estimate?.usd === undefined ? undefined : nanoOf(estimate.usd),
  };
}
