import { useQuery } from "@tanstack/react-query";
import { BUILT_IN_CATALOGUE } from "./built-in-catalogue.ts";
import { type CatalogueProvider, parseCatalogue } from "./catalogue.ts";
import { FetchError } from "./fetch-error.ts";
import { fetchJson } from "./fetch-json.ts";

const KEPT_AT = "safelight-providers";

/** The providers and their models: the server's answer, else the last one this device saw, else the built-in engine. */
export function useCatalogue(): readonly CatalogueProvider[] {
  const { data } = useQuery({
    queryKey: ["providers"],
    queryFn: async ({ signal }) => {
      const answer = await fetchJson("/api/providers", signal);
      const catalogue = parseCatalogue(answer);
      if (catalogue === undefined || catalogue.length === 0) {
        throw new FetchError(502, "The list of providers cannot be read.");
      }
      keep(answer);
      return catalogue;
    },
    staleTime: 60_000,
    initialData: lastSeen,
    initialDataUpdatedAt: 0,
  });
  return data ?? BUILT_IN_CATALOGUE;
}

function lastSeen(): readonly CatalogueProvider[] | undefined {
  try {
    const text = localStorage.getItem(KEPT_AT);
    const answer: unknown = text === null ? undefined : JSON.parse(text);
    return parseCatalogue(answer);
  } catch {
    // Refused or damaged storage: the built-in engine is offered until the server answers.
    return undefined;
  }
}

function keep(answer: unknown): void {
  try {
    localStorage.setItem(KEPT_AT, JSON.stringify(answer));
  } catch {
    // Refused or full storage: only the list offered offline stays older.
  }
}
