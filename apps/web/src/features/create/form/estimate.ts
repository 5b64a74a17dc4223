import { isJsonObject, type JsonObject } from "@safelight/shared";
import { FetchError } from "../../../api/fetch-error.ts";

export interface Estimate {
  /** `undefined`: nobody can say. */
  readonly usd: number | undefined;
  /** Why it would not be sent, such as a budget that is used up. */
  readonly refusal: string | undefined;
  /** Whether it is the price of what the form holds now, and not of what it held a moment ago. */
  readonly isSettled: boolean;
}

/** What nobody can tell. */
export const UNKNOWN_PRICE: Estimate = { usd: undefined, refusal: undefined, isSettled: true };

/** The answer of `POST /api/estimate`. */
export function parseEstimate(answer: unknown): Omit<Estimate, "isSettled"> {
  if (!isJsonObject(answer) || !isJsonObject(answer["charge"])) {
    throw new FetchError(502, "The estimate cannot be read.");
  }
  const { charge, refusal } = answer;
  const usd = charge["state"] === "none" ? 0 : charge["usd"];
  const message = isJsonObject(refusal) ? refusal["message"] : undefined;
  return {
    usd: typeof usd === "number" ? usd : undefined,
    refusal: typeof message === "string" ? message : undefined,
  };
}

/** What of a batch a price hangs on: two of the same shape cost the same. Words and seeds cost nothing. */
export function priceShape(batch: JsonObject): string {
  const { prompt: _prompt, negativePrompt: _negative, params, ...rest } = batch;
  const { seed: _seed, ...priced } = isJsonObject(params) ? params : {};
  return JSON.stringify({ ...rest, params: priced });
}

interface Asked {
  readonly pictures: number;
  /** Whether the model is asked for a number of pictures at all. */
  readonly isCounted: boolean;
  readonly isPaid: boolean;
  readonly estimate: Estimate | undefined;
}

/** What the button does and costs: `Generate 4 · free`, `Generate 8 · about $0.20`. */
export function generateWords(
  { pictures, isCounted, isPaid, estimate }: Asked,
  inDollars: (usd: number) => string,
): string {
  const words = pictures === 1 && !isCounted ? "Generate" : `Generate ${pictures}`;
  if (!isPaid) return `${words} · free`;
  if (estimate === undefined) return words;
  // A price of what was asked for before would be a wrong one.
  if (!estimate.isSettled) return `${words} · …`;
  return estimate.usd === undefined
    ? `${words} · price unknown`
    : `${words} · about ${inDollars(estimate.usd)}`;
}
