import type { CatalogueProvider } from "./catalogue.ts";
import { MAX_SEED, type NumberField, type ParamField } from "./param-field.ts";

function number(name: string, title: string, range: NumberField["range"]): NumberField {
  return { type: "number", name, title, description: "", isRequired: false, range };
}

const SEED: ParamField = {
  type: "seed",
  name: "seed",
  title: "Seed",
  description: "",
  isRequired: false,
  max: MAX_SEED,
};
const COUNT = number("count", "Pictures", { min: 1, max: 16, initial: 1, step: 1 });

/**
 * What a device that never reached its server may offer: the engine that every studio has. The server's own answer
 * takes over as soon as there is one.
 */
export const BUILT_IN_CATALOGUE: readonly CatalogueProvider[] = [
  {
    id: "local",
    name: "Built-in engine",
    paid: false,
    missing: [],
    canListRuns: false,
    models: [
      {
        id: "paint",
        name: "Paint",
        kind: "image",
        takesNegativePrompt: true,
        fields: [
          number("width", "Width", { min: 64, max: 2048, initial: 768, step: 8 }),
          number("height", "Height", { min: 64, max: 2048, initial: 512, step: 8 }),
          number("steps", "Steps", { min: 1, max: 100, initial: 24, step: 1 }),
          number("guidance", "Guidance", { min: 0, max: 20, initial: 3.5, step: 0.1 }),
          SEED,
          COUNT,
        ],
      },
      {
        id: "sprite",
        name: "Sprite",
        kind: "sprite",
        takesNegativePrompt: true,
        fields: [
          number("width", "Width", { min: 16, max: 256, initial: 64, step: 1 }),
          number("height", "Height", { min: 16, max: 256, initial: 64, step: 1 }),
          SEED,
          COUNT,
        ],
      },
    ],
  },
];
