import { counted, formatUsd } from "../../../domain/format.ts";
import type { AgainPrice } from "../detail/use-again-price.ts";

/** What running many jobs again costs, as far as that is known, and why some of them would be refused. */
export interface AgainPrices {
  readonly usd: number;
  /** Jobs whose price is told, and jobs whose price nobody told. */
  readonly known: number;
  readonly unknown: number;
  /** The most frequent reason first. */
  readonly refusals: readonly { readonly reason: string; readonly jobs: number }[];
}

/** Adds prices up; `unasked` more jobs have none. */
export function sumAgainPrices(
  prices: readonly Pick<AgainPrice, "usd" | "refusal">[],
  unasked: number,
): AgainPrices {
  let usd = 0;
  let unknown = unasked;
  const byReason = new Map<string, number>();
  for (const price of prices) {
    if (price.usd === undefined) unknown += 1;
    else usd += price.usd;
    if (price.refusal !== undefined) byReason.set(price.refusal, (byReason.get(price.refusal) ?? 0) + 1);
  }
  const refusals = [...byReason]
    .map(([reason, jobs]) => ({ reason, jobs }))
    .sort((one, other) => other.jobs - one.jobs);
  return { usd, known: prices.length + unasked - unknown, unknown, refusals };
}

/** The price of them all as a sentence. */
export function againPriceWords({ usd, known, unknown }: Omit<AgainPrices, "refusals">): string {
  if (unknown === 0) return usd === 0 ? "This costs nothing." : `This costs about ${formatUsd(usd)}.`;
  const jobs = counted(unknown, "job");
  if (known === 0) return `The price of ${jobs} is not known.`;
  return usd === 0
    ? `The price of ${jobs} is not known; ${known === 1 ? "the other costs" : "the others cost"} nothing.`
    : `This costs at least ${formatUsd(usd)}; the price of ${jobs} is not known.`;
}
