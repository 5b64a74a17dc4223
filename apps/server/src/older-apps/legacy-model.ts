import type { JsonObject, TrainedModel } from "@safelight/shared";
import type { LegacyModel } from "./storage-schemas.ts";

/** A model as the older app listed it, with its `id` beside. */
export function legacyOfModel(model: TrainedModel): LegacyModel {
  return {
    id: model.id,
    modelName: model.modelName,
    modelId: model.modelId,
    loraId: model.loraId,
    trainingConfig: model.trainingConfig,
    status: model.status,
    createdAt: model.createdAt,
    trainingData: model.trainingData,
  };
}

/** The record's fields that a posted model asks for, with its training pictures already kept as blobs. */
export function fieldsOfLegacyModel(
  item: LegacyModel,
  trainingData: readonly JsonObject[] | undefined,
): JsonObject {
  const { id: _id, trainingData: _trainingData, ...fields } = item;
  return { ...fields, ...(trainingData === undefined ? {} : { trainingData }) };
}

/**
 * The record that a posted model means: by `id` where it has one, else by `modelId`, and by `loraId` where both sides
 * know it (a model gets its LoRA's id only when its training ends).
 */
export function findSameModel(models: Iterable<TrainedModel>, item: LegacyModel): TrainedModel | undefined {
  for (const model of models) {
    if (item.id === undefined ? isSameModel(model, item) : model.id === item.id) return model;
  }
  return undefined;
}

function isSameModel(model: TrainedModel, item: LegacyModel): boolean {
  if (model.modelId !== item.modelId) return false;
  const loraId = item.loraId ?? "";
  return model.loraId === "" || loraId === "" || model.loraId === loraId;
}
