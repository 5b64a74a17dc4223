import { useCallback } from "react";
import { useCatalogue } from "./use-catalogue.ts";

/** What people call a provider; one that the studio does not know goes by its id. */
export function useProviderName(): (providerId: string) => string {
  const catalogue = useCatalogue();
  return useCallback(
    (providerId: string) => catalogue.find(({ id }) => id === providerId)?.name ?? providerId,
    [catalogue],
  );
}
