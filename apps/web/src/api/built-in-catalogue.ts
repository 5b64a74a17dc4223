import type { CatalogueProvider } from "./catalogue.ts";

/**
 * What a device that never reached its server may offer: the engine that every studio has. The server's own answer
 * takes over as soon as there is one.
 */
export const BUILT_IN_CATALOGUE: readonly CatalogueProvider[] = [
  {
    id: "local",
    name: "Built-in engine",
    paid: false,
    models: [
      {
        id: "paint",
        name: "Paint",
        kind: "image",
        takesSeed: true,
        ranges: {
          width: { min: 64, max: 2048, initial: 768, step: 8 },
          height: { min: 64, max: 2048, initial: 512, step: 8 },
          steps: { min: 1, max: 100, initial: 24, step: 1 },
          guidance: { min: 0, max: 20, initial: 3.5, step: 0.1 },
          count: { min: 1, max: 16, initial: 4, step: 1 },
        },
      },
      {
        id: "sprite",
        name: "Sprite",
        kind: "sprite",
        takesSeed: true,
        ranges: {
          width: { min: 16, max: 256, initial: 64, step: 1 },
          height: { min: 16, max: 256, initial: 64, step: 1 },
          count: { min: 1, max: 16, initial: 4, step: 1 },
        },
      },
    ],
  },
];
