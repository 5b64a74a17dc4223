import { useCallback } from "react";
import { modelNameIn } from "./model-names.ts";
import { useCatalogue } from "./use-catalogue.ts";

/** What people call a model of a provider; one that the studio does not know goes by its id. */
export function useModelName(): (modelId: string, providerId?: string) => string {
  const catalogue = useCatalogue();
  return useCallback(
    (modelId: string, providerId?: string) => modelNameIn(catalogue, modelId, providerId),
    [catalogue],
  );
}
