import { BudgetsSection } from "./budgets-section.tsx";
import { SpendSection } from "./spend-section.tsx";
import { useMoneyVersion } from "./use-money-version.ts";

/** What was spent, and what may be. */
export function Money() {
  const version = useMoneyVersion();
  return (
    <>
      <SpendSection version={version} />
      <BudgetsSection version={version} />
    </>
  );
}
