import { type BlobRef, isJsonObject, type Job, type Json, type JsonObject } from "@safelight/shared";

/** The fields of the model that a training made: its file, what it was made from, and the job that made it. */
export function trainedModelOf(
  job: Job,
  { blob, details }: { readonly blob: BlobRef; readonly details: JsonObject },
): JsonObject {
  const told: JsonObject = { ...job.params, ...details };
  const pictures = trainingPictures(job.params);
  const triggerWord = textIn(told, ["triggerWord", "trigger_word", "trigger"]);
  return {
    modelName: nameOf(job, told, triggerWord),
    modelId: job.model ?? "",
    loraId: job.id,
    trainingConfig: {
      epochs: numberIn(told, ["epochs", "epoch"]),
      learningRate: numberIn(told, ["learningRate", "learning_rate", "lr"]),
      batchSize: numberIn(told, ["batchSize", "batch_size"]),
      resolution: numberIn(told, ["resolution"]),
      imageCount: pictures.length,
      ...(typeof told["steps"] === "number" && { steps: told["steps"] }),
    },
    status: "ready",
    trainingData: pictures,
    lora: blob,
    jobId: job.id,
    provider: job.provider,
    details,
    ...(triggerWord !== undefined && { triggerWord }),
    ...(job.styleId !== undefined && { styleId: job.styleId }),
  };
}

/** The pictures with captions among a job's parameters, as they were when the run was asked for. */
function trainingPictures(params: JsonObject): readonly JsonObject[] {
  for (const value of Object.values(params)) {
    if (!Array.isArray(value) || value.length === 0) continue;
    const items = value as readonly Json[];
    const pictures = items.filter((item) => isJsonObject(item) && isJsonObject(item["image"] ?? null));
    if (pictures.length === items.length) return pictures as readonly JsonObject[];
  }
  return [];
}

const MAX_NAME = 200;

function nameOf(job: Job, told: JsonObject, triggerWord: string | undefined): string {
  const name = textIn(told, ["modelName", "model_name", "name"]) ?? triggerWord ?? job.prompt.trim();
  return (name === "" ? `Training ${job.number ?? job.id}` : name).slice(0, MAX_NAME);
}

function textIn(values: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = values[name];
    if (typeof value === "string" && value.trim() !== "") return value.trim().slice(0, MAX_NAME);
  }
  return undefined;
}

/** 0 where nothing was said: the field is not optional in the older apps. */
function numberIn(values: JsonObject, names: readonly string[]): number {
  for (const name of names) {
    const value = values[name];
    if (typeof value === "number" && value >= 0) return value;
  }
  return 0;
}
