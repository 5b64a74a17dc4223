import { isJsonObject } from "@safelight/shared";
import { useQuery } from "@tanstack/react-query";
import { FetchError } from "../../../api/fetch-error.ts";
import { fetchJson } from "../../../api/fetch-json.ts";
import { formatUsd } from "../../../domain/format.ts";

/** What running a job again would cost, in words, and why it would not be sent. */
export interface AgainPrice {
  readonly usd: number | undefined;
  readonly words: string;
  readonly refusal: string | undefined;
}

export async function askAgainPrice(jobId: string, signal?: AbortSignal): Promise<AgainPrice> {
  const answer = await fetchJson(`/api/jobs/${encodeURIComponent(jobId)}/estimate`, signal);
  const charge = isJsonObject(answer) ? answer["charge"] : undefined;
  if (!isJsonObject(answer) || !isJsonObject(charge)) throw new FetchError(502, "The price cannot be read.");
  const known = charge["state"] === "none" ? 0 : charge["usd"];
  const usd = typeof known === "number" ? known : undefined;
  const { refusal } = answer;
  const message = isJsonObject(refusal) ? refusal["message"] : undefined;
  return {
    usd,
    words: usd === undefined ? "price unknown" : usd === 0 ? "free" : formatUsd(usd),
    refusal: typeof message === "string" ? message : undefined,
  };
}

/** `undefined` until the server has told, and while it is away. */
export function useAgainPrice(jobId: string, isAsked: boolean): AgainPrice | undefined {
  const { data } = useQuery({
    queryKey: ["again-price", jobId],
    enabled: isAsked,
    queryFn: ({ signal }) => askAgainPrice(jobId, signal),
    staleTime: 60_000,
    retry: false,
  });
  return data;
}
