import type { Charge } from "@safelight/shared";
import { isRecord } from "./http/is-record.ts";
import type { ProviderSetting } from "./provider.ts";
import type { SettingValues } from "./setting-values.ts";

/** What an answer says that it used: tokens, and at some servers what they cost. */
export interface SaidUsage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly costUsd?: number;
}

/** US dollars for a million tokens, as the owner gave them. */
export interface TokenPrices {
  readonly inputUsd: number;
  readonly outputUsd: number;
}

const MILLION = 1_000_000;

/** Reads what counts in each field and passes the rest over: the work beside it is paid for, however odd this is. */
export function saidUsage(
  usage: unknown,
  names: { readonly input: string; readonly output: string; readonly cost?: string },
): SaidUsage {
  const input = countIn(usage, names.input);
  const output = countIn(usage, names.output);
  const cost = names.cost === undefined ? undefined : countIn(usage, names.cost);
  return {
    ...(input !== undefined && { inputTokens: input }),
    ...(output !== undefined && { outputTokens: output }),
    ...(cost !== undefined && { costUsd: cost }),
  };
}

/** A count or an amount; `undefined` for anything else. */
export function countIn(value: unknown, name: string): number | undefined {
  const count = isRecord(value) ? value[name] : undefined;
  return typeof count === "number" && Number.isFinite(count) && count >= 0 ? count : undefined;
}

/** What the provider named; else its tokens at the owner's prices; else nobody knows. */
export function chargeOfUsage(
  { costUsd, inputTokens, outputTokens }: SaidUsage,
  prices: TokenPrices | undefined,
): Charge {
  if (costUsd !== undefined) return { state: "reported", usd: costUsd };
  if (prices === undefined || inputTokens === undefined || outputTokens === undefined)
    return { state: "unknown" };
  const usd = (inputTokens * prices.inputUsd + outputTokens * prices.outputUsd) / MILLION;
  return { state: "estimated", usd: Math.round(usd * 1e9) / 1e9 };
}

/** The owner's prices; `undefined` unless both are given. */
export function tokenPricesIn(
  settings: Pick<SettingValues, "get">,
  names: { readonly input: string; readonly output: string },
): TokenPrices | undefined {
  const inputUsd = priceIn(settings.get(names.input));
  const outputUsd = priceIn(settings.get(names.output));
  return inputUsd === undefined || outputUsd === undefined ? undefined : { inputUsd, outputUsd };
}

/** A price as its owner typed it; `undefined` for none. */
export function priceIn(value: string | undefined): number | undefined {
  const price = Number(value ?? Number.NaN);
  return Number.isFinite(price) && price >= 0 ? price : undefined;
}

/** A setting for one of the two prices. */
export function tokenPriceSetting(
  name: string,
  env: string,
  { of, model }: { readonly of: string; readonly model: string },
): ProviderSetting {
  return {
    name,
    label: `Price of ${of}`,
    description: `US dollars for a million tokens, from your provider's price list, for the ${model} above. No answer tells it; unless both prices are given costs are unknown.`,
    env,
    isSecret: false,
    isRequired: false,
  };
}
