import type { Json, TrainedModel } from "@safelight/shared";
import type { PictureSettings } from "@safelight/shared/picture-metadata";
import type { CatalogueProvider } from "../../../api/catalogue.ts";
import type { ParamField } from "../../../api/param-field.ts";
import { type Choice, choicesFor, chosen, type FormState } from "./form-state.ts";

/** What of a picture's settings is taken over. */
export type RecallPart = "all" | "prompt" | "seed";

const KINDS = ["image", "sprite", "video"] as const;

/**
 * The form with a picture's settings: with its own provider and model where Safelight made it and has them, otherwise
 * as far as the chosen model takes them. The seed comes locked, since it is wanted again.
 */
export function recall(
  form: FormState,
  settings: PictureSettings,
  part: RecallPart,
  known: { readonly catalogue: readonly CatalogueProvider[]; readonly models: readonly TrainedModel[] },
): FormState {
  const seed = settings.seed !== undefined && settings.seed >= 0 ? Math.trunc(settings.seed) : undefined;
  const withSeed = seed === undefined ? {} : { seed: seed % 2 ** 31, seedLocked: true };
  const words = { prompt: plainPrompt(settings), negativePrompt: settings.negativePrompt };
  if (part === "prompt") return { ...form, ...words };
  if (part === "seed") return { ...form, ...withSeed };

  const own = ownChoice(settings, known.catalogue);
  const choice = own ?? chosen(choicesFor(known.catalogue, form.kind), form);
  const base: FormState = {
    ...form,
    ...words,
    ...withSeed,
    ...(own === undefined
      ? {}
      : { kind: kindOf(own) ?? form.kind, provider: own.provider.id, model: own.model.id }),
    times: 1,
    axes: [],
  };
  if (choice === undefined) return base;
  const { seed: _seed, ...params } = settings.made?.params ?? {};
  const told = Object.fromEntries(
    choice.model.fields.flatMap((field): [string, Json][] => {
      const value = settingFor(field, settings, known.models);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
  // What Safelight sent is exact; what the picture tells beside fills in the rest.
  return { ...base, values: { ...form.values, ...told, ...(own === undefined ? {} : params) } };
}

function ownChoice(settings: PictureSettings, catalogue: readonly CatalogueProvider[]): Choice | undefined {
  const { made } = settings;
  for (const kind of KINDS) {
    const choice = choicesFor(catalogue, kind).find(
      ({ provider, model }) => provider.id === made?.provider && model.id === made.model,
    );
    if (choice !== undefined) return choice;
  }
  return undefined;
}

function kindOf({ model }: Choice): FormState["kind"] | undefined {
  return KINDS.find((kind) => kind === model.kind);
}

function settingFor(
  field: ParamField,
  settings: PictureSettings,
  models: readonly TrainedModel[],
): Json | undefined {
  const { width, height } = settings;
  if (field.type === "loras") return lorasFor(settings, models);
  switch (field.name) {
    case "width":
      return width;
    case "height":
      return height;
    case "steps":
      return settings.steps;
    case "guidance":
      return settings.guidanceScale;
    case "count":
      return 1;
    case "sampler":
      return samplerFor(field, settings.sampler);
    case "aspectRatio":
      return field.type === "choice" && width !== undefined && height !== undefined
        ? nearestShape(field.values, width / height)
        : undefined;
    default:
      return undefined;
  }
}

function samplerFor(field: ParamField, sampler: string | undefined): string | undefined {
  if (field.type === "text") return sampler;
  if (field.type !== "choice" || sampler === undefined) return undefined;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return field.values.find((value) => plain(value) === plain(sampler));
}

/** Of `16:9`, `1:1` and so on the one nearest to a ratio of width to height. */
function nearestShape(shapes: readonly string[], ratio: number): string | undefined {
  const distance = (shape: string) => {
    const [width = 0, height = 0] = shape.split(":").map(Number);
    return height > 0 && width > 0 ? Math.abs(Math.log(width / height / ratio)) : Number.POSITIVE_INFINITY;
  };
  return shapes.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** The LoRAs of a picture that this studio has, by their names. */
function lorasFor(settings: PictureSettings, models: readonly TrainedModel[]): Json | undefined {
  const stem = (name: string) => name.toLowerCase().replace(/\.safetensors$/, "");
  const found = (settings.loras ?? []).flatMap(({ name, scale }) => {
    const model = models.find((each) => stem(each.modelName) === stem(name) || each.id === name);
    if (model?.lora === undefined) return [];
    return [{ name: model.modelName, modelId: model.id, blob: { ...model.lora }, scale }];
  });
  return found.length === 0 ? undefined : found;
}

/** A1111 puts LoRAs into the prompt; here they have a place of their own. */
function plainPrompt({ prompt, loras }: PictureSettings): string {
  if (loras === undefined || loras.length === 0) return prompt;
  return prompt
    .replaceAll(/\s*<lora:[^<>]+>/g, "")
    .replaceAll(/,\s*,/g, ",")
    .trim();
}
