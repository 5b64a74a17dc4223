import { useMemo } from "react";
import { useModelName } from "../../../api/use-model-name.ts";
import { useProviderName } from "../../../api/use-provider-name.ts";
import type { FactNames } from "./settings-facts.ts";

/** Names out of the catalogue, for the settings of pictures. */
export function useFactNames(): FactNames {
  const provider = useProviderName();
  const model = useModelName();
  return useMemo(() => ({ provider, model }), [provider, model]);
}
