import { isJsonObject, type JsonObject } from "@safelight/shared";
import type { CatalogueModel, CatalogueProvider, RangeName } from "../../../api/catalogue.ts";

/** Kinds of work that the form makes. */
export type FormKind = "image" | "sprite";

/** The form as it stands; kept as a draft while it is typed. Sizes in pixels. */
export interface FormState {
  readonly kind: FormKind;
  readonly provider: string;
  readonly model: string;
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly steps: number;
  readonly guidance: number;
  readonly seed: number;
  /** Locked: every job takes this seed. Unlocked: the next job takes a new one. */
  readonly seedLocked: boolean;
}

/** Largest seed that every provider takes. */
export const MAX_SEED = 2 ** 31 - 1;

export const INITIAL_FORM: Omit<FormState, "seed"> = {
  kind: "image",
  provider: "local",
  model: "paint",
  prompt: "",
  negativePrompt: "",
  width: 768,
  height: 512,
  count: 4,
  steps: 24,
  guidance: 3.5,
  seedLocked: false,
};

/** Reads a kept draft; what is missing or of another type takes the initial value. */
export function parseFormState(draft: unknown, seed: number): FormState {
  const kept: JsonObject = isJsonObject(draft) ? draft : {};
  const text = (key: string, otherwise: string) => {
    const value = kept[key];
    return typeof value === "string" ? value : otherwise;
  };
  const number = (key: string, otherwise: number) => {
    const value = kept[key];
    return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
  };
  return {
    kind: kept["kind"] === "sprite" ? "sprite" : INITIAL_FORM.kind,
    provider: text("provider", INITIAL_FORM.provider),
    model: text("model", INITIAL_FORM.model),
    prompt: text("prompt", INITIAL_FORM.prompt),
    negativePrompt: text("negativePrompt", INITIAL_FORM.negativePrompt),
    width: number("width", INITIAL_FORM.width),
    height: number("height", INITIAL_FORM.height),
    count: number("count", INITIAL_FORM.count),
    steps: number("steps", INITIAL_FORM.steps),
    guidance: number("guidance", INITIAL_FORM.guidance),
    seed: number("seed", seed),
    seedLocked: kept["seedLocked"] === true,
  };
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

const RANGE_NAMES: readonly RangeName[] = ["width", "height", "steps", "guidance", "count"];

/** The form moved to another model: numbers outside its limits take the nearest allowed, sizes of another kind its own. */
export function withChoice(form: FormState, { provider, model }: Choice): FormState {
  const otherKind = model.kind !== form.kind;
  const numbers: Partial<Record<RangeName, number>> = {};
  for (const name of RANGE_NAMES) {
    const range = model.ranges[name];
    if (range === undefined) continue;
    const size = name === "width" || name === "height";
    const value = otherKind && size ? range.initial : form[name];
    numbers[name] = Math.min(range.max, Math.max(range.min, value));
  }
  return {
    ...form,
    ...numbers,
    kind: model.kind === "sprite" ? "sprite" : "image",
    provider: provider.id,
    model: model.id,
  };
}

/** A job's `params`: the form's numbers, as far as the model takes them. */
export function paramsOf(form: FormState, model: CatalogueModel): JsonObject {
  const params: Record<string, number> = {};
  for (const name of RANGE_NAMES) {
    const range = model.ranges[name];
    if (range !== undefined) params[name] = Math.min(range.max, Math.max(range.min, form[name]));
  }
  if (model.takesSeed) params["seed"] = form.seed;
  return params;
}
