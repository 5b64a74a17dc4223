import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, BlobRef, FreeObject, RecordId, ShortText } from "./fields.ts";

const TrainingConfig = Type.Object(
  {
    epochs: Type.Number({ minimum: 0 }),
    learningRate: Type.Number({ minimum: 0 }),
    batchSize: Type.Number({ minimum: 0 }),
    resolution: Type.Number({ minimum: 0 }),
    imageCount: Type.Number({ minimum: 0 }),
  },
  { additionalProperties: true },
);

/**
 * A trained LoRA. `trainingData` is the frozen list of items that it was trained on; `details` is what its provider
 * told of it; `modelId` is what it was trained upon.
 */
export const TrainedModel = Type.Object(
  {
    ...baseFields,
    modelName: ShortText,
    modelId: ShortText,
    loraId: ShortText,
    trainingConfig: TrainingConfig,
    status: ShortText,
    trainingData: Type.Array(FreeObject, { maxItems: 10_000 }),
    lora: Type.Optional(BlobRef),
    triggerWord: Type.Optional(ShortText),
    provider: Type.Optional(ShortText),
    details: Type.Optional(FreeObject),
    jobId: Type.Optional(RecordId),
    styleId: Type.Optional(RecordId),
  },
  { additionalProperties: false },
);
export type TrainedModel = Static<typeof TrainedModel>;

export const models = defineCollection({
  name: "models",
  idPrefix: "model",
  schema: TrainedModel,
  document: "models.json",
  initial: { modelId: "", loraId: "", status: "ready", trainingData: [] },
});
