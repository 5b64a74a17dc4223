import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";
import type { CatalogueModel, CatalogueProvider } from "../../../api/catalogue.ts";
import { MAX_SEED, type ParamField } from "../../../api/param-field.ts";

/** Kinds of work that the form makes. */
export type FormKind = "image" | "sprite" | "video";

/** One dimension of a grid: a parameter and the values that it takes, as they were typed. */
export type FormAxis = {
  readonly field: string;
  readonly values: string;
};

/** The form as it stands; kept as a draft while it is typed. */
export interface FormState {
  readonly kind: FormKind;
  readonly provider: string;
  readonly model: string;
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Parameters by name. Those that the model lacks stay, for the one that has them. */
  readonly values: JsonObject;
  readonly seed: number;
  /** Locked: every job takes this seed. Unlocked: the next job takes a new one. */
  readonly seedLocked: boolean;
  /** How often the same is asked for, as jobs of their own. */
  readonly times: number;
  readonly axes: readonly FormAxis[];
}

export const INITIAL_FORM: Omit<FormState, "seed"> = {
  kind: "image",
  provider: "local",
  model: "paint",
  prompt: "",
  negativePrompt: "",
  values: { count: 4 },
  seedLocked: false,
  times: 1,
  axes: [],
};

/** What earlier forms kept beside the prompt. */
const OLD_VALUES: ReadonlySet<string> = new Set(["width", "height", "count", "steps", "guidance"]);

/** Reads a kept draft; what is missing or of another type takes the initial value. */
export function parseFormState(draft: unknown, seed: number): FormState {
  const kept: JsonObject = isJsonObject(draft) ? draft : {};
  const text = (key: string, otherwise: string) => {
    const value = kept[key];
    return typeof value === "string" ? value : otherwise;
  };
  const old = Object.entries(kept).filter(
    ([name, value]) => OLD_VALUES.has(name) && typeof value === "number",
  );
  const values = isJsonObject(kept["values"]) ? kept["values"] : undefined;
  return {
    kind: isFormKind(kept["kind"]) ? kept["kind"] : INITIAL_FORM.kind,
    provider: text("provider", INITIAL_FORM.provider),
    model: text("model", INITIAL_FORM.model),
    prompt: text("prompt", INITIAL_FORM.prompt),
    negativePrompt: text("negativePrompt", INITIAL_FORM.negativePrompt),
    values: values ?? { ...INITIAL_FORM.values, ...Object.fromEntries(old) },
    seed: isSeed(kept["seed"]) ? kept["seed"] : seed,
    seedLocked: kept["seedLocked"] === true,
    times: isTimes(kept["times"]) ? kept["times"] : INITIAL_FORM.times,
    axes: Array.isArray(kept["axes"]) ? kept["axes"].flatMap(parseAxis) : [],
  };
}

function parseAxis(axis: Json): readonly FormAxis[] {
  if (!isJsonObject(axis)) return [];
  const { field, values } = axis;
  return typeof field === "string" && typeof values === "string" ? [{ field, values }] : [];
}

function isFormKind(value: unknown): value is FormKind {
  return value === "image" || value === "sprite" || value === "video";
}

function isSeed(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_SEED;
}

function isTimes(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 100;
}

/** A model that can do the form's kind of work, beside its provider. */
export interface Choice {
  readonly provider: CatalogueProvider;
  readonly model: CatalogueModel;
}

/** Everything that can do `kind`, in the order of the catalogue. */
export function choicesFor(catalogue: readonly CatalogueProvider[], kind: FormKind): readonly Choice[] {
  return catalogue.flatMap((provider) =>
    provider.models.filter((model) => model.kind === kind).map((model) => ({ provider, model })),
  );
}

/** The form's choice, or the first that can do its kind. */
export function chosen(choices: readonly Choice[], form: FormState): Choice | undefined {
  return (
    choices.find(({ provider, model }) => provider.id === form.provider && model.id === form.model) ??
    choices[0]
  );
}

/** The form moved to another model: sizes of another kind take their own, the rest stays and is fitted when asked for. */
export function withChoice(form: FormState, { provider, model }: Choice): FormState {
  const kind = isFormKind(model.kind) ? model.kind : form.kind;
  const { width: _width, height: _height, ...sizeless } = form.values;
  const values = kind === form.kind ? form.values : sizeless;
  return { ...form, kind, values, provider: provider.id, model: model.id };
}

/** What a field holds: the typed value where the model takes it, else the nearest or the initial one. */
export function valueOf(form: Pick<FormState, "values" | "seed">, field: ParamField): Json | undefined {
  const value = form.values[field.name];
  switch (field.type) {
    case "seed":
      return Math.min(form.seed, field.max);
    case "number": {
      const { min, max, initial } = field.range;
      return typeof value === "number" ? Math.min(max, Math.max(min, value)) : initial;
    }
    case "switch":
      return typeof value === "boolean" ? value : field.initial;
    case "choice":
      return typeof value === "string" && field.values.includes(value) ? value : field.initial;
    case "text":
      return typeof value === "string" && value !== "" ? value : field.initial;
    case "picture":
      return isJsonObject(value) ? value : undefined;
    case "loras":
      return Array.isArray(value) ? value.slice(0, field.most) : undefined;
  }
}

/** A job's `params`: what the form holds of what the model takes. */
export function paramsOf(form: Pick<FormState, "values" | "seed">, model: CatalogueModel): JsonObject {
  const params: Record<string, Json> = {};
  for (const field of model.fields) {
    const value = valueOf(form, field);
    const isIdle = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!isIdle) params[field.name] = value;
  }
  return params;
}

/** The first field that the model needs and the form lacks. */
export function missingField(form: FormState, model: CatalogueModel): ParamField | undefined {
  return model.fields.find((field) => field.isRequired && valueOf(form, field) === undefined);
}
