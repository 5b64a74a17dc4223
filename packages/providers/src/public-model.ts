import type { ProviderModel } from "./provider.ts";

/** What the studio is told of a model, without what its adapter knows of it. */
export function publicModel({ id, name, kind, params, takesNegativePrompt }: ProviderModel): ProviderModel {
  return { id, name, kind, params, ...(takesNegativePrompt !== undefined && { takesNegativePrompt }) };
}
