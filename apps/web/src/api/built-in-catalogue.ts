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
        name: "paint",
        kind: "image",
        takesSeed: true,
        ranges: {
          width: { min: 64, max: 1024, initial: 768, step: 8 },
          height: { min: 64, max: 1024, initial: 512, step: 8 },
          steps: { min: 1, max: 50, initial: 24, step: 1 },
          guidance: { min: 1, max: 10, initial: 3.5, step: 0.1 },
          count: { min: 1, max: 8, initial: 4, step: 1 },
        },
      },
      {
        id: "sprite",
        name: "sprite",
        kind: "sprite",
        takesSeed: true,
        ranges: {
          width: { min: 16, max: 128, initial: 64, step: 1 },
          height: { min: 16, max: 128, initial: 64, step: 1 },
          count: { min: 1, max: 8, initial: 4, step: 1 },
        },
      },
    ],
  },
];
