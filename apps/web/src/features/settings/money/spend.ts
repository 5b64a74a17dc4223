import { isJsonObject } from "@safelight/shared";
import { shaped, shapedList } from "../../../api/shaped.ts";

/** Spend of some jobs in US dollars. */
export interface SpendSum {
  readonly key: string;
  readonly jobs: number;
  readonly usd: number;
  readonly estimatedUsd: number;
  /** Jobs whose price nobody told; they are not in the sum. */
  readonly unknownJobs: number;
}

export interface Spend {
  readonly timeZone: string;
  readonly groups: readonly SpendSum[];
  readonly total: SpendSum;
}

const SUM = {
  key: "string",
  jobs: "number",
  usd: "number",
  estimatedUsd: "number",
  unknownJobs: "number",
} as const;

/** Reads `GET /api/ledger`. Throws `FetchError` when it is something else. */
export function parseSpend(answer: unknown): Spend {
  const { timeZone, groups, total } = shaped(answer, { timeZone: "string", groups: "list", total: "object" });
  return { timeZone, groups: shapedList(groups, SUM), total: shaped(total, SUM) };
}

/** How much of each budget is spent, by its id. Throws `FetchError` when the answer is something else. */
export function parseBudgetUse(answer: unknown): ReadonlyMap<string, number> {
  const lines = shapedList(shaped(answer, { budgets: "list" }).budgets, {
    budget: "object",
    spentUsd: "number",
  });
  return new Map(
    lines.flatMap(({ budget, spentUsd }) =>
      isJsonObject(budget) && typeof budget["id"] === "string" ? [[budget["id"], spentUsd] as const] : [],
    ),
  );
}

/** The day of a moment in a time zone: `2026-01-31`. */
export function dayIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(at);
}
