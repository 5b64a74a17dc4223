import { type Budget, type Charge, type Job, type JobError, STUDIO_PREFERENCES } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { followFeed } from "../records/follow-feed.ts";
import { type Calendar, createCalendar } from "./core/calendar.ts";
import { type BudgetState, refusalByBudgets } from "./core/check-budgets.ts";
import { entryOf, entryOfExpense, type LedgerEntry, nanoOf } from "./core/ledger-entry.ts";

/** What jobs cost, read from their records, and what is about to be spent. One for each studio. */
export interface Ledger {
  /** Days as the studio counts them now. */
  calendar(): Calendar;
  /** Jobs that cost money, in no order. */
  entries(): Iterable<LedgerEntry>;
  /** The budgets that are set, and what counts against each by now. */
  budgets(): readonly (BudgetState & { readonly budget: Budget })[];
  /** Why a job of this price may not be sent now; nothing is set aside. */
  refusal(job: Pick<Job, "id" | "provider">, asked: Charge): JobError | undefined;
  /**
   * Sets the price aside when every budget has room for it; else says why not. Call it within the commit that records
   * the price, and `settle` once that commit is through: what is between the two counts as spent, so that no two jobs
   * slip under one cap.
   */
  reserve(job: Pick<Job, "id" | "provider">, asked: Charge): JobError | undefined;
  settle(jobId: string): void;
}

interface Reservation {
  readonly provider: string;
  readonly nanoUsd: number;
  readonly atMs: number;
}

/** @param now Epoch ms. */
export function createLedger(store: Store, now: () => number): Ledger {
  const entries = new Map<string, LedgerEntry>();
  const reserved = new Map<string, Reservation>();
  /** Sums by day and provider, in billionths of a dollar. */
  const sums = new Map<string, Map<string, number>>();
  let calendar = createCalendar();

  function add({ atMs, provider, nanoUsd = 0 }: LedgerEntry, sign: 1 | -1): void {
    const day = calendar.dayOf(atMs);
    const ofDay = sums.get(day) ?? new Map<string, number>();
    sums.set(day, ofDay);
    ofDay.set(provider, (ofDay.get(provider) ?? 0) + sign * nanoUsd);
  }

  function place(id: string, after: LedgerEntry | undefined): void {
    const before = entries.get(id);
    if (before !== undefined) add(before, -1);
    if (after === undefined) {
      entries.delete(id);
      return;
    }
    entries.set(id, after);
    add(after, 1);
  }

  const follow = followFeed(store, {
    rebuild() {
      entries.clear();
      sums.clear();
      for (const expense of store.scan("expenses")) place(expense.jobId, entryOfExpense(expense));
      for (const job of store.scan("jobs")) place(job.id, entryOf(job));
    },
    take({ collection, id }) {
      if (collection === "jobs") {
        const job = store.get("jobs", id);
        // What a purged job cost is told by the expense that came with the purge.
        if (job !== undefined || entries.get(id)?.status !== "purged") place(id, job && entryOf(job));
      } else if (collection === "expenses") {
        const expense = store.get("expenses", id);
        if (expense !== undefined && store.get("jobs", expense.jobId) === undefined) {
          place(expense.jobId, entryOfExpense(expense));
        }
      }
    },
  });

  function catchUp(): void {
    follow();
    const zone = store.get("preferences", STUDIO_PREFERENCES)?.timeZone ?? "UTC";
    if (zone === calendar.timeZone) return;
    const next = createCalendar(zone);
    if (next.timeZone === calendar.timeZone) return;
    calendar = next;
    sums.clear();
    for (const entry of entries.values()) add(entry, 1);
  }

  function spentUnder(budget: Budget, exceptJobId: string | undefined): number {
    const today = calendar.dayOf(now());
    const isWithin = (day: string): boolean =>
      budget.per === "total" ||
      (budget.per === "day" ? day === today : day.slice(0, 7) === today.slice(0, 7));
    const isAt = (provider: string): boolean => budget.provider === undefined || budget.provider === provider;
    let spent = 0;
    for (const [day, ofDay] of sums) {
      if (!isWithin(day)) continue;
      for (const [provider, nanoUsd] of ofDay) if (isAt(provider)) spent += nanoUsd;
    }
    for (const [jobId, { provider, nanoUsd, atMs }] of reserved) {
      // One whose commit is through already is among the entries.
      if (jobId === exceptJobId || entries.has(jobId)) continue;
      if (isAt(provider) && isWithin(calendar.dayOf(atMs))) spent += nanoUsd;
    }
    return spent;
  }

  function budgets(exceptJobId?: string) {
    catchUp();
    return [...store.scan("budgets")]
      .filter((budget) => budget.deletedAt === undefined)
      .map((budget) => ({ budget, spentNanoUsd: spentUnder(budget, exceptJobId) }));
  }

  function refusal({ id, provider }: Pick<Job, "id" | "provider">, asked: Charge): JobError | undefined {
    if (asked.state === "none") return undefined;
    const concerned = budgets(id).filter(
      ({ budget }) => budget.provider === undefined || budget.provider === provider,
    );
    return refusalByBudgets(concerned, asked);
  }

  return {
    calendar() {
      catchUp();
      return calendar;
    },
    entries() {
      catchUp();
      return entries.values();
    },
    budgets: () => budgets(),
    refusal,
    reserve(job, asked) {
      const refused = refusal(job, asked);
      if (refused !== undefined || asked.state === "none") return refused;
      reserved.set(job.id, { provider: job.provider, nanoUsd: nanoOf(asked.usd ?? 0), atMs: now() });
      return undefined;
    },
    settle: (jobId) => void reserved.delete(jobId),
  };
}
