import type { Budget, Charge, JobError } from "@safelight/shared";
import { nanoOf, usdOf } from "./ledger-entry.ts";

/** A cap, and what counts against it by now in billionths of a dollar. */
export interface BudgetState {
  readonly budget: Pick<Budget, "usd" | "per" | "provider" | "allowUnknown">;
  readonly spentNanoUsd: number;
}

const WINDOWS: Readonly<Record<Budget["per"], string>> = {
  day: "today",
  month: "this month",
  total: "in all",
};

/** Why a job of this price may not be sent, or `undefined` when every cap leaves room for it. */
export function refusalByBudgets(states: readonly BudgetState[], asked: Charge): JobError | undefined {
  if (asked.state === "none") return undefined;
  for (const { budget, spentNanoUsd } of states) {
    const cap = `the budget of ${dollars(budget.usd)} ${WINDOWS[budget.per]}${whereOf(budget)}`;
    if (asked.usd === undefined) {
      if (budget.allowUnknown === true && spentNanoUsd < nanoOf(budget.usd)) continue;
      return {
        code: budget.allowUnknown === true ? "budget.exceeded" : "budget.price-unknown",
        message:
          budget.allowUnknown === true
            ? `Not sent: ${cap} is used up (${dollars(usdOf(spentNanoUsd))} spent).`
            : `Not sent: nobody can tell the price beforehand, and ${cap} does not allow that.`,
      };
    }
    if (spentNanoUsd + nanoOf(asked.usd) <= nanoOf(budget.usd)) continue;
    return {
      code: "budget.exceeded",
      message:
        `Not sent: at about ${dollars(asked.usd)} it would pass ${cap}, of which ` +
        `${dollars(usdOf(spentNanoUsd))} is spent. Raise the budget under Settings, or run it again later.`,
    };
  }
  return undefined;
}

function whereOf({ provider }: Pick<Budget, "provider">): string {
  return provider === undefined ? "" : ` at ${provider}`;
}

/** Two decimals, or as many as a small sum needs. */
function dollars(usd: number): string {
  return `$${usd.toFixed(2) === usd.toFixed(4).slice(0, -2) && usd.toFixed(4).endsWith("00") ? usd.toFixed(2) : usd.toFixed(4)}`;
}
