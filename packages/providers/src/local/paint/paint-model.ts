import { Value } from "@sinclair/typebox/value";
import type { EngineModel } from "../engine-model.ts";
import { seedFor } from "../seed-params.ts";
import { PaintParams } from "./paint-params.ts";

/** Pictures from words: strokes over a small seeded pattern network. */
export const paintModel: EngineModel = {
  id: "paint",
  name: "Paint",
  kind: "image",
  params: PaintParams,
  plan({ jobId, prompt, negativePrompt = "", params }) {
    const given = Value.Decode(PaintParams, params);
    const { width = 768, height = 512, steps = 24, guidance = 3.5, count = 1 } = given;
    return Array.from({ length: count }, (_, index) => {
      const seed = seedFor({ jobId, seed: given.seed, index });
      return {
        task: { model: "paint", prompt, negativePrompt, width, height, steps, guidance, seed },
        details: { seed, steps, guidanceScale: guidance, width, height },
      };
    });
  },
};
