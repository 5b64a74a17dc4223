import { Value } from "@sinclair/typebox/value";
import type { EngineModel } from "../engine-model.ts";
import { seedFor } from "../seed-params.ts";
import { SpriteParams } from "./sprite-params.ts";

/** Pixel art with an outline and a small palette on a transparent ground. */
export const spriteModel: EngineModel = {
  id: "sprite",
  name: "Sprite",
  kind: "sprite",
  params: SpriteParams,
  plan({ jobId, prompt, negativePrompt = "", params }) {
    const given = Value.Decode(SpriteParams, params);
    const { width = 64, height = 64, colours = 24, outline = true, count = 1 } = given;
    return Array.from({ length: count }, (_, index) => {
      const seed = seedFor({ jobId, seed: given.seed, index });
      return {
        task: { model: "sprite", prompt, negativePrompt, width, height, seed, colours, outline },
        details: { seed, width, height, colours, outline },
      };
    });
  },
};
