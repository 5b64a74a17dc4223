import { Value } from "@sinclair/typebox/value";
import { jobSeed } from "../../job-seed.ts";
import { choiceField, fields, seedField, switchField } from "../../param-fields.ts";
import type { FalModel } from "../fal-model.ts";

const Params = fields({
  duration: choiceField(["4s", "6s", "8s"], {
    title: "Length",
    description: "Each second is charged for.",
    default: "8s",
  }),
  aspectRatio: choiceField(["16:9", "9:16"], {
    title: "Shape",
    description: "Wide or tall.",
    default: "16:9",
  }),
  resolution: choiceField(["720p", "1080p"], {
    title: "Resolution",
    description: "Lines of the picture.",
    default: "720p",
  }),
  generateAudio: switchField({
    title: "Sound",
    description: "Makes sound too, which costs more.",
    default: true,
  }),
  seed: seedField("The same seed and prompt give a similar video.", 0x7fff_ffff),
});

/** A clip with sound from words. */
export const veo3: FalModel = {
  id: "fal-ai/veo3",
  name: "Veo 3",
  kind: "video",
  params: Params,
  takesNegativePrompt: true,
  uploads: () => [],
  input({ jobId, prompt, negativePrompt, params: given }) {
    const params = Value.Decode(Params, given);
    return {
      prompt,
      ...(negativePrompt !== undefined &&
        negativePrompt.trim() !== "" && { negative_prompt: negativePrompt }),
      duration: params.duration ?? "8s",
      aspect_ratio: params.aspectRatio ?? "16:9",
      resolution: params.resolution ?? "720p",
      generate_audio: params.generateAudio ?? true,
      seed: params.seed ?? jobSeed(jobId),
    };
  },
  units({ params }, unit) {
    const { duration = "8s" } = Value.Decode(Params, params);
    if (unit === "second" || unit === "video_second") return Number.parseInt(duration, 10);
    return unit === "video" || unit === "request" ? 1 : undefined;
  },
};
