import type { JsonObject } from "@safelight/shared";
import type { PlannedMutation, StagedView, Store } from "@safelight/store";
import { createItemsChecker } from "../../records/check-items.ts";
import { upsertStep } from "../../records/upsert-step.ts";
import { inspectDataUrl, type PendingBlob } from "../../media/pending-blob.ts";
import { fieldsOfLegacyModel, findSameModel } from "../../older-apps/legacy-model.ts";
import { LegacyModel } from "../../older-apps/storage-schemas.ts";

export interface SaveModelsOptions {
  readonly store: Store;
  readonly maxPixels: number;
  readonly newId: () => string;
}

interface TrainingItem {
  readonly fields: JsonObject;
  readonly picture: PendingBlob | undefined;
}

const checkModels = createItemsChecker(LegacyModel, 10_000);

/**
 * Saves posted models in one commit; training pictures that came as `data:` URLs become blobs. Answers how many were
 * sent. Models that were not sent are left alone. A bad item throws its `ProblemError` and nothing is kept.
 */
export async function saveModels(data: unknown, options: SaveModelsOptions): Promise<number> {
  const { store, newId } = options;
  const items = checkModels(data, "/data");
  const inspected: (TrainingItem[] | undefined)[] = [];
  for (const [index, { trainingData }] of items.entries()) {
    const path = `/data${Array.isArray(data) ? `/${index}` : ""}/trainingData`;
    inspected.push(trainingData && (await inspectTrainingData(trainingData, path, options.maxPixels)));
  }
  const wanted: { item: LegacyModel; set: JsonObject }[] = [];
  for (const [index, item] of items.entries()) {
    const trainingData = inspected[index] && (await keepTrainingData(store, inspected[index]));
    wanted.push({ item, set: fieldsOfLegacyModel(item, trainingData) });
  }
  await store.commit({
    by: "http",
    actor: "server",
    atomicity: "all",
    steps: (staged) => wanted.flatMap(({ item, set }) => modelStep(staged, item, set, newId) ?? []),
  });
  return items.length;
}

function modelStep(
  staged: StagedView,
  item: LegacyModel,
  set: JsonObject,
  newId: () => string,
): PlannedMutation | undefined {
  const id = findSameModel(staged.scan("models"), item)?.id ?? item.id ?? newId();
  return upsertStep(staged, { collection: "models", id, set });
}

async function inspectTrainingData(
  items: readonly JsonObject[],
  path: string,
  maxPixels: number,
): Promise<TrainingItem[]> {
  const inspected: TrainingItem[] = [];
  for (const [index, fields] of items.entries()) {
    const place = `${path}/${index}/imageUrl`;
    inspected.push({ fields, picture: await inspectDataUrl(fields["imageUrl"], { path: place, maxPixels }) });
  }
  return inspected;
}

async function keepTrainingData(store: Store, items: readonly TrainingItem[]): Promise<JsonObject[]> {
  const kept: JsonObject[] = [];
  for (const { fields, picture } of items) {
    if (picture === undefined) {
      kept.push(fields);
      continue;
    }
    const name = typeof fields["id"] === "string" ? fields["id"] : "training";
    const image = await picture.keep(store.blobs, name);
    kept.push({ ...fields, image, imageUrl: `/api/blobs/${image.sha256}` });
  }
  return kept;
}
