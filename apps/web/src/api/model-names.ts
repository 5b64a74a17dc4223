import type { CatalogueProvider } from "./catalogue.ts";

type Named = readonly (Pick<CatalogueProvider, "id"> & {
  readonly models: readonly { readonly id: string; readonly name: string }[];
})[];

/** What people call a model; one that the studio does not know goes by its id. Without a provider any that has it counts. */
export function modelNameIn(catalogue: Named, modelId: string, providerId?: string): string {
  for (const { id, models } of catalogue) {
    if (providerId !== undefined && id !== providerId) continue;
    const known = models.find((model) => model.id === modelId);
    if (known !== undefined) return known.name;
  }
  return modelId;
}

/** Names for models that stand in one list: two of the same name are told apart by their ids. */
export function distinctModelNames(
  catalogue: Named,
  modelIds: readonly string[],
): (modelId: string) => string {
  const names = new Map(modelIds.map((id) => [id, modelNameIn(catalogue, id)]));
  const uses = new Map<string, number>();
  for (const name of names.values()) uses.set(name, (uses.get(name) ?? 0) + 1);
  return (id) => {
    const name = names.get(id) ?? modelNameIn(catalogue, id);
    return (uses.get(name) ?? 0) > 1 ? `${name} (${id})` : name;
  };
}
