import { type Json, isJsonObject, type JsonObject } from "@safelight/shared";
import { type Find, type FoundRecord, type KeptEntry, NOTHING_FOUND, type Unreadable } from "./found.ts";
import { cut, isDataUrl, isoTimeIn, numberIn, objectIn, present, textIn } from "./read-value.ts";
import { keptId, stableId } from "./stable-id.ts";

const FILENAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,199}$/;

type Reading<T> = { readonly taken: T } | { readonly reason: string };

/**
 * What the older LoRA studio kept: lists of trained models, of generated content and of training pictures, each
 * recognised by its entries. `undefined` for what is none of them. Models and content are the server's to take: it
 * keeps when they were made, and knows which it has.
 */
export function findStudioLists({ key }: KeptEntry, value: Json): Find | undefined {
  if (!Array.isArray(value) || !value.some(isJsonObject)) return undefined;
  if (value.some(isModel)) {
    const { taken, unreadable } = readAll(key, value, readModel);
    return {
      ...NOTHING_FOUND,
      what: "Trained models",
      keys: [key],
      posts: { to: "models", entries: taken },
      unreadable,
    };
  }
  if (value.some(isContent)) {
    const { taken, unreadable } = readAll(key, value, readContent);
    return {
      ...NOTHING_FOUND,
      what: "Generated content",
      keys: [key],
      posts: { to: "content", entries: taken },
      unreadable,
    };
  }
  if (!value.some(isTrainingPicture)) return undefined;
  const datasetId = stableId("dataset", key, value);
  const { taken, unreadable } = readAll(key, value, (entry, index) => readItem(entry, index, datasetId));
  const fields = { name: `Training pictures (${cut(key, 100)})` };
  const records = [{ collection: "datasets", id: datasetId, fields } as const, ...taken];
  return { what: "Training pictures", keys: [key], records, unreadable };
}

function readAll<T>(
  key: string,
  entries: readonly Json[],
  read: (entry: JsonObject, index: number) => Reading<T>,
): { readonly taken: readonly T[]; readonly unreadable: readonly Unreadable[] } {
  const taken: T[] = [];
  const unreadable: Unreadable[] = [];
  for (const [index, entry] of entries.entries()) {
    const reading = isJsonObject(entry) ? read(entry, index) : { reason: "It is no object." };
    if ("taken" in reading) taken.push(reading.taken);
    else unreadable.push({ place: `${key}, entry ${index + 1}`, reason: reading.reason });
  }
  return { taken, unreadable };
}

function isModel(entry: Json): boolean {
  return (
    isJsonObject(entry) &&
    textIn(entry, "modelName") !== undefined &&
    objectIn(entry, "trainingConfig") !== undefined
  );
}

function isContent(entry: Json): boolean {
  return (
    isJsonObject(entry) &&
    (entry["type"] === "image" || entry["type"] === "video") &&
    textIn(entry, "url") !== undefined
  );
}

function isTrainingPicture(entry: Json): boolean {
  return (
    isJsonObject(entry) &&
    textIn(entry, "imageUrl") !== undefined &&
    textIn(entry, "description") !== undefined
  );
}

function readModel(entry: JsonObject): Reading<JsonObject> {
  const config = objectIn(entry, "trainingConfig");
  const modelName = textIn(entry, "modelName");
  if (modelName === undefined || config === undefined) return { reason: "It is no trained model." };
  const figure = (name: string) => Math.max(0, numberIn(config, name) ?? 0);
  const trainingData = entry["trainingData"];
  const modelId = textIn(entry, "modelId") ?? "";
  return {
    taken: present({
      modelName: cut(modelName, 500),
      // The server tells models apart by it.
      modelId: cut(modelId === "" ? stableId("model", modelName, entry["createdAt"] ?? null) : modelId, 500),
      loraId: cut(textIn(entry, "loraId") ?? "", 500),
      status: cut(textIn(entry, "status") ?? "ready", 500),
      createdAt: isoTimeIn(entry, "createdAt"),
      trainingConfig: {
        ...config,
        epochs: figure("epochs"),
        learningRate: figure("learningRate"),
        batchSize: figure("batchSize"),
        resolution: figure("resolution"),
        imageCount: figure("imageCount"),
      },
      trainingData: Array.isArray(trainingData)
        ? trainingData.filter(isJsonObject).map(withoutPageUrl)
        : undefined,
    }),
  };
}

/** `image` was a File, which JSON makes `{}`; a `blob:` address was one of a page that is closed. */
function withoutPageUrl(item: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(item).filter(
      ([name, value]) =>
        name !== "image" && !(name === "imageUrl" && typeof value === "string" && value.startsWith("blob:")),
    ),
  );
}

function readContent(entry: JsonObject): Reading<JsonObject> {
  const type = entry["type"];
  const url = textIn(entry, "url") ?? "";
  if (type !== "image" && type !== "video") return { reason: "It is neither a picture nor a clip." };
  if (url.startsWith("blob:")) return { reason: "Its picture was in the memory of a page that is closed." };
  const filename = textIn(entry, "filename");
  return {
    taken: present({
      id: keptId("content", entry["id"], url, entry["prompt"] ?? null),
      type,
      url,
      prompt: cut(textIn(entry, "prompt") ?? "", 100_000),
      negativePrompt: cut(textIn(entry, "negativePrompt") ?? "", 100_000),
      config: objectIn(entry, "config") ?? {},
      modelId: cut(textIn(entry, "modelId") ?? "", 500),
      createdAt: isoTimeIn(entry, "createdAt"),
      filename: filename !== undefined && FILENAME.test(filename) ? filename : undefined,
    }),
  };
}

function readItem(entry: JsonObject, index: number, datasetId: string): Reading<FoundRecord> {
  if (!isTrainingPicture(entry)) return { reason: "It is no training picture." };
  const imageUrl = textIn(entry, "imageUrl") ?? "";
  const text = (name: string) => cut(textIn(entry, name) ?? "", 100_000);
  // Words of a picture whose bytes were in a page that is closed are still words that somebody wrote.
  const fields = present({
    datasetId,
    sortKey: `Z${String(index).padStart(6, "0")}`,
    description: text("description"),
    characterName: text("characterName"),
    sceneDescription: text("sceneDescription"),
    styleDescription: text("styleDescription"),
    imageUrl: /^(?:https?:|\/)/.test(imageUrl) ? cut(imageUrl, 2048) : undefined,
  });
  const id = stableId("item", datasetId, entry["id"] ?? index);
  const picture = { at: ["image"], dataUrl: imageUrl, name: `training-${index + 1}` };
  return {
    taken: {
      collection: "datasetItems",
      id,
      fields,
      ...(isDataUrl(imageUrl) ? { pictures: [picture] } : {}),
    },
  };
}
