import type { JsonObject } from "@safelight/shared";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FetchError } from "../../../api/fetch-error.ts";
import { sendJson } from "../../../api/send-json.ts";
import { type Estimate, parseEstimate, priceShape } from "./estimate.ts";

/** What a batch would cost, asked of the server when the form has rested; `undefined` for free work and until known. */
export function useEstimate(batch: JsonObject | undefined): Estimate | undefined {
  const asked = batch === undefined ? undefined : JSON.stringify(batch);
  const [settled] = useDebouncedValue(asked, 400);
  const { data, error } = useQuery({
    queryKey: ["estimate", settled],
    enabled: settled !== undefined,
    queryFn: async () => {
      const body: JsonObject = JSON.parse(settled ?? "{}");
      return { ...parseEstimate(await sendJson("/api/estimate", body)), shape: priceShape(body) };
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  if (batch === undefined || settled === undefined) return undefined;
  // The server says what it would not take; while it is away nobody knows.
  if (error instanceof FetchError && error.status >= 400 && error.status < 500) {
    return { usd: undefined, refusal: error.message, isSettled: asked === settled };
  }
  return data === undefined ? undefined : { ...data, isSettled: data.shape === priceShape(batch) };
}
