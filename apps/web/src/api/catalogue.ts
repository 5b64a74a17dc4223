import { isJsonObject, type JobKind, type JsonObject } from "@safelight/shared";

/** Limits of one number in a form; drawn from the model's own schema. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly initial: number;
  readonly step: number;
}

export type RangeName = "width" | "height" | "steps" | "guidance" | "count";

export interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly kind: JobKind;
  /** Parameters that the model takes, among those that the form knows. */
  readonly ranges: Readonly<Partial<Record<RangeName, NumberRange>>>;
  /** Whether the same seed gives the same result. */
  readonly takesSeed: boolean;
}

export interface CatalogueProvider {
  readonly id: string;
  readonly name: string;
  readonly paid: boolean;
  readonly models: readonly CatalogueModel[];
}

/** The widest that the form offers where a model names no limit. */
const FALLBACK_RANGES: Readonly<Record<RangeName, NumberRange>> = {
  width: { min: 64, max: 2048, initial: 768, step: 8 },
  height: { min: 64, max: 2048, initial: 512, step: 8 },
  steps: { min: 1, max: 50, initial: 24, step: 1 },
  guidance: { min: 1, max: 10, initial: 3.5, step: 0.1 },
  count: { min: 1, max: 8, initial: 4, step: 1 },
};

/** Reads the answer of `GET /api/providers`; `undefined` when it is none. */
export function parseCatalogue(answer: unknown): readonly CatalogueProvider[] | undefined {
  if (!isJsonObject(answer) || !Array.isArray(answer["providers"])) return undefined;
  return answer["providers"].flatMap((provider: unknown) => {
    if (!isJsonObject(provider)) return [];
    const { id, name, paid, models } = provider;
    if (typeof id !== "string" || typeof name !== "string" || !Array.isArray(models)) return [];
    return [{ id, name, paid: paid === true, models: models.flatMap(parseModel) }];
  });
}

function parseModel(model: unknown): readonly CatalogueModel[] {
  if (!isJsonObject(model)) return [];
  const { id, name, kind, params } = model;
  if (typeof id !== "string" || typeof name !== "string" || !isJobKind(kind)) return [];
  const properties = isJsonObject(params) && isJsonObject(params["properties"]) ? params["properties"] : {};
  return [{ id, name, kind, ranges: parseRanges(properties), takesSeed: "seed" in properties }];
}

function parseRanges(properties: JsonObject): CatalogueModel["ranges"] {
  const ranges: Partial<Record<RangeName, NumberRange>> = {};
  for (const name of Object.keys(FALLBACK_RANGES) as RangeName[]) {
    const schema = properties[name];
    if (!isJsonObject(schema)) continue;
    const fallback = FALLBACK_RANGES[name];
    const number = (key: string, otherwise: number) => {
      const value = schema[key];
      return typeof value === "number" ? value : otherwise;
    };
    const min = number("minimum", fallback.min);
    const max = number("maximum", fallback.max);
    ranges[name] = {
      min,
      max,
      initial: Math.min(max, Math.max(min, number("default", fallback.initial))),
      step: number("multipleOf", fallback.step),
    };
  }
  return ranges;
}

function isJobKind(value: unknown): value is JobKind {
  return (
    value === "image" || value === "sprite" || value === "video" || value === "training" || value === "chat"
  );
}
