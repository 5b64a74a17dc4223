import { isJsonObject, type JobKind, type Json, type JsonObject } from "@safelight/shared";
import { type ParamField, parseFields } from "./param-field.ts";

export interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly kind: JobKind;
  /** Everything that a form can ask for, in the provider's order. */
  readonly fields: readonly ParamField[];
  readonly takesNegativePrompt: boolean;
}

export interface CatalogueProvider {
  readonly id: string;
  readonly name: string;
  readonly paid: boolean;
  /** What the owner has yet to give before anything can be sent; empty for a provider that is ready. */
  readonly missing: readonly string[];
  /** Whether it can be asked for runs that the studio lacks. */
  readonly canListRuns: boolean;
  readonly models: readonly CatalogueModel[];
}

/** Reads the answer of `GET /api/providers`; `undefined` when it is none. */
export function parseCatalogue(answer: unknown): readonly CatalogueProvider[] | undefined {
  if (!isJsonObject(answer) || !Array.isArray(answer["providers"])) return undefined;
  return answer["providers"].flatMap((provider: Json) => {
    if (!isJsonObject(provider)) return [];
    const { id, name, paid, models, missing, canListRuns } = provider;
    if (typeof id !== "string" || typeof name !== "string" || !Array.isArray(models)) return [];
    const lacks = Array.isArray(missing) ? missing.filter((each) => typeof each === "string") : [];
    return [
      {
        id,
        name,
        paid: paid === true,
        missing: lacks,
        canListRuns: canListRuns === true,
        models: models.flatMap(parseModel),
      },
    ];
  });
}

function parseModel(model: Json): readonly CatalogueModel[] {
  if (!isJsonObject(model)) return [];
  const { id, name, kind, params, takesNegativePrompt } = model;
  if (typeof id !== "string" || typeof name !== "string" || !isJobKind(kind)) return [];
  const schema: JsonObject = isJsonObject(params) ? params : {};
  return [
    { id, name, kind, fields: parseFields(schema), takesNegativePrompt: takesNegativePrompt !== false },
  ];
}

function isJobKind(value: unknown): value is JobKind {
  return (
    value === "image" || value === "sprite" || value === "video" || value === "training" || value === "chat"
  );
}
