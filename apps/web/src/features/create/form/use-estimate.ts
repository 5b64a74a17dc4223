import { isJsonObject, type JsonObject } from "@safelight/shared";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FetchError } from "../../../api/fetch-error.ts";
import { sendJson } from "../../../api/send-json.ts";

export interface Estimate {
  /** `undefined`: nobody can say. */
  readonly usd: number | undefined;
  /** Why it would not be sent, such as a budget that is used up. */
  readonly refusal: string | undefined;
}

/** What a batch would cost, asked of the server when the form has rested; `undefined` for free work and until known. */
export function useEstimate(batch: JsonObject | undefined): Estimate | undefined {
  const [settled] = useDebouncedValue(batch === undefined ? undefined : JSON.stringify(batch), 400);
  const { data } = useQuery({
    queryKey: ["estimate", settled],
    enabled: settled !== undefined,
    queryFn: async () => parseEstimate(await sendJson("/api/estimate", JSON.parse(settled ?? "{}"))),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  return settled === undefined ? undefined : data;
}

function parseEstimate(answer: unknown): Estimate {
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
