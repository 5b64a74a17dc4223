import { useRecords } from "../../../sync/use-records.ts";

/** Changes whenever a job's price or a budget does, so that sums are asked for again. */
export function useMoneyVersion(): string {
  const jobs = useRecords("jobs");
  const budgets = useRecords("budgets");
  let priced = 0;
  let usd = 0;
  for (const { charge } of jobs) {
    if (charge.state === "none") continue;
    priced += 1;
    usd += charge.usd ?? 0;
  }
  return `${priced} ${usd} ${budgets.map(({ id, rev }) => `${id}@${rev}`).join()}`;
}
