import type { PictureSettings } from "@safelight/shared/picture-metadata";
import type { TrainedModel } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { BUILT_IN_CATALOGUE } from "../../../api/built-in-catalogue.ts";
import type { CatalogueProvider } from "../../../api/catalogue.ts";
import type { ParamField } from "../../../api/param-field.ts";
import { INITIAL_FORM } from "./form-state.ts";
import { recall } from "./recall.ts";

const base = { title: "", description: "", isRequired: false };
const fields: ParamField[] = [
  { ...base, name: "aspectRatio", type: "choice", values: ["1:1", "16:9", "9:16"], initial: "1:1" },
  { ...base, name: "sampler", type: "choice", values: ["euler", "euler_ancestral"], initial: "euler" },
  { ...base, name: "loras", type: "loras", most: 3, scale: { min: 0, max: 2, initial: 1, step: 0.05 } },
];
const fal: CatalogueProvider = {
  id: "fal",
  name: "fal",
  paid: true,
  missing: [],
  canListRuns: false,
  models: [{ id: "flux", name: "Flux", kind: "image", takesNegativePrompt: true, fields }],
};
const lora = { sha256: "a".repeat(64), sizeBytes: 9, mime: "application/octet-stream" };
const sea: TrainedModel = {
  id: "model-1",
  rev: 1,
  createdAt: "",
  updatedAt: "",
  modelName: "sea-style",
  modelId: "",
  loraId: "",
  trainingConfig: { epochs: 1, learningRate: 1, batchSize: 1, resolution: 1, imageCount: 1 },
  status: "ready",
  trainingData: [],
  lora,
};
const known = { catalogue: [...BUILT_IN_CATALOGUE, fal], models: [sea] };
const form = { ...INITIAL_FORM, seed: 1, prompt: "before", values: { count: 4, steps: 9 } };
const foreign: PictureSettings = {
  source: "a1111",
  prompt: "静かな海 <lora:sea-style:0.8>",
  negativePrompt: "fog",
  steps: 30,
  guidanceScale: 7,
  seed: 42,
  width: 912,
  height: 512,
  sampler: "Euler Ancestral",
  loras: [
    { name: "sea-style", scale: 0.8 },
    { name: "not-here", scale: 1 },
  ],
};

describe("what a picture says, in the form", () => {
  it("fills in what the chosen model takes, and locks the seed", () => {
    expect(recall(form, foreign, "all", known)).toMatchObject({
      provider: "local",
      model: "paint",
      prompt: "静かな海",
      negativePrompt: "fog",
      seed: 42,
      seedLocked: true,
      values: { steps: 30, guidance: 7, width: 912, height: 512, count: 1 },
    });
  });

  it("finds the nearest shape, the sampler by its name and the LoRAs that are here", () => {
    const { values } = recall({ ...form, provider: "fal", model: "flux" }, foreign, "all", known);
    expect(values).toMatchObject({
      aspectRatio: "16:9",
      sampler: "euler_ancestral",
      loras: [{ name: "sea-style", modelId: "model-1", blob: lora, scale: 0.8 }],
    });
  });

  it("goes back to the model that Safelight made it with, and to its exact parameters", () => {
    const made = {
      provider: "fal",
      model: "flux",
      kind: "image",
      params: { sampler: "euler", seed: 9, extra: 1 },
    };
    const after = recall(form, { ...foreign, source: "safelight", made }, "all", known);
    expect(after).toMatchObject({ provider: "fal", model: "flux", seed: 42 });
    expect(after.values).toMatchObject({ sampler: "euler", extra: 1 });
    expect(after.values).not.toHaveProperty("seed");
  });

  it("can be the prompt or the seed alone", () => {
    expect(recall(form, foreign, "prompt", known)).toEqual({
      ...form,
      prompt: "静かな海",
      negativePrompt: "fog",
    });
    expect(recall(form, foreign, "seed", known)).toEqual({ ...form, seed: 42, seedLocked: true });
    const { seed: _seed, ...seedless } = foreign;
    expect(recall(form, seedless, "seed", known)).toEqual(form);
  });
});
