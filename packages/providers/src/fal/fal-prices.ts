import type { Charge } from "@safelight/shared";
import type { ProviderApi } from "../http/provider-api.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderRequest } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import { FalEstimate, FalPrices } from "./fal-answers.ts";
import type { FalModel } from "./fal-model.ts";

const KEEP_MS = 60 * 60_000;
const TIMEOUT_MS = 10_000;
const UNKNOWN: Charge = { state: "unknown" };

/** What one unit costs, in US dollars. */
interface UnitPrice {
  readonly unit: string;
  readonly usd: number;
}

export interface FalPrices {
  /** By fal's price list, or by fal's own estimate where the number of units is open; else unknown. */
  estimate(model: FalModel, request: ProviderRequest): Promise<Charge>;
  /** What so many units came to, by the price list; unknown when there is no price. */
  charge(modelId: string, units: number, signal: AbortSignal): Promise<Charge>;
}

export function createFalPrices(options: {
  readonly api: ProviderApi;
  readonly settings: SettingValues;
  readonly now: () => number;
}): FalPrices {
  const { api, settings, now } = options;
  const kept = new Map<string, { readonly at: number; readonly price: UnitPrice | undefined }>();

  async function priceOf(modelId: string, signal: AbortSignal): Promise<UnitPrice | undefined> {
    const known = kept.get(modelId);
    if (known !== undefined && now() - known.at < KEEP_MS) return known.price;
    const url = `${settings.url("apiUrl")}/models/pricing?endpoint_id=${encodeURIComponent(modelId)}`;
    const { body } = await api.read(FalPrices, { url, signal, timeoutMs: TIMEOUT_MS });
    const found = body.prices.find((price) => price.endpoint_id === modelId);
    const isUsd = (found?.currency ?? "USD") === "USD";
    const price =
      found !== undefined && isUsd ? { unit: unitName(found.unit), usd: found.unit_price } : undefined;
    kept.set(modelId, { at: now(), price });
    return price;
  }

  /** fal's own estimate, from what calls of the model came to before. */
  async function historicalUsd(modelId: string, signal: AbortSignal): Promise<number | undefined> {
    const { body } = await api.read(FalEstimate, {
      url: `${settings.url("apiUrl")}/models/pricing/estimate`,
      method: "POST",
      json: { estimate_type: "historical_api_price", endpoints: { [modelId]: { call_quantity: 1 } } },
      signal,
      timeoutMs: TIMEOUT_MS,
    });
    return body.currency === "USD" ? body.total_cost : undefined;
  }

  return {
    async estimate(model, request) {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      try {
        const price = await priceOf(model.id, signal);
        const units = price === undefined ? undefined : model.units(request, price.unit);
        const usd =
          price !== undefined && units !== undefined
            ? units * price.usd
            : await historicalUsd(model.id, signal);
        return usd === undefined ? UNKNOWN : { state: "estimated", usd: rounded(usd) };
      } catch (error) {
        // An estimate that cannot be had stops nobody: it says that it is unknown.
        if (error instanceof ProviderError || signal.aborted) return UNKNOWN;
        throw error;
      }
    },
    async charge(modelId, units, signal) {
      const price = await priceOf(modelId, signal);
      return price === undefined ? UNKNOWN : { state: "reported", usd: rounded(units * price.usd) };
    },
  };
}

/** `images`, `Megapixels` and the like by one name. */
function unitName(unit: string): string {
  return unit.trim().toLowerCase().replaceAll(" ", "_").replace(/s$/, "");
}

/** To a millionth of a dollar, so that sums of floats are what they look like. */
function rounded(usd: number): number {
  return Math.round(usd * 1_000_000) / 1_000_000;
}
