import { faultMessage, isJsonObject, type Json, type JsonObject, type TrainedModel } from "@safelight/shared";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { fieldsOfLegacyModel } from "../older-apps/legacy-model.ts";
import { LegacyModel } from "../older-apps/storage-schemas.ts";
import type { FileNotes } from "./core/import-report.ts";
import { isoTimeOf } from "./core/iso-time.ts";
import { entriesOf, tidyEntry } from "./core/tidy-entry.ts";
import { derivedId } from "./derived-id.ts";
import { type ImportContext, takePicture } from "./import-context.ts";
import type { OldPicture } from "./inspect-picture.ts";

const check = TypeCompiler.Compile(LegacyModel);
const KNOWN = new Set(Object.keys(LegacyModel.properties));

interface EntryPlace {
  readonly label: string;
  readonly folder: string;
  readonly context: ImportContext;
  readonly notes: FileNotes;
}

/** Takes the trained models of a `models.json` in, with the pictures that they were trained on. */
export async function importModels(
  value: unknown,
  folder: string,
  { context, notes }: { readonly context: ImportContext; readonly notes: FileNotes },
): Promise<void> {
  const entries = entriesOf(value, ["models", "items"]);
  if (entries === undefined) {
    notes.unusable("the file", "it has no list of models");
    return;
  }
  for (const [index, entry] of entries.entries()) {
    const name = isJsonObject(entry) ? entry["modelName"] : undefined;
    const label = `[${index}]${typeof name === "string" ? ` (${name.slice(0, 60)})` : ""}`;
    await importModel(entry, { label, folder, context, notes });
  }
}

async function importModel(value: unknown, place: EntryPlace): Promise<void> {
  const { label, context, notes } = place;
  const tidy = tidyEntry(value, KNOWN);
  const item = tidy === undefined ? undefined : normalized(tidy.fields);
  if (tidy === undefined || !check.Check(item)) {
    const fault = tidy === undefined ? undefined : check.Errors(item).First();
    notes.unusable(label, fault === undefined ? "it is no object" : `${fault.path} ${faultMessage(fault)}`);
    return;
  }
  const { modelName, modelId, loraId, createdAt } = item;
  const id = item.id ?? derivedId("model", modelId, loraId, modelName, createdAt);
  const known = context.writer.get("models", id) ?? findModel(context, item);
  if (known !== undefined) {
    notes.present();
    return;
  }
  notes.leftOut(tidy.leftOut);
  const { trainingData, pictures } = await takeTrainingData(item.trainingData ?? [], place);
  const set = fieldsOfLegacyModel(item, trainingData);
  const steps = [{ collection: "models", id, op: "create", set }] as const;
  await context.writer.propose({ entry: label, notes, outcome: "added", steps, pictures });
}

/** A model that came by another way, under an id of the studio's: the same in all that tells models apart. */
function findModel({ writer }: ImportContext, item: LegacyModel): TrainedModel | undefined {
  for (const model of writer.scan("models")) {
    if (
      model.modelId === item.modelId &&
      model.modelName === item.modelName &&
      model.loraId === (item.loraId ?? "") &&
      (item.createdAt === undefined || item.createdAt === model.createdAt)
    ) {
      return model;
    }
  }
  return undefined;
}

function normalized(fields: JsonObject): JsonObject {
  const { createdAt, ...rest } = fields;
  const time = isoTimeOf(createdAt);
  return time === undefined ? rest : { ...rest, createdAt: time };
}

async function takeTrainingData(
  items: readonly JsonObject[],
  { label, folder, context, notes }: EntryPlace,
): Promise<{ readonly trainingData: readonly JsonObject[]; readonly pictures: readonly OldPicture[] }> {
  const trainingData: JsonObject[] = [];
  const pictures: OldPicture[] = [];
  // Of its own: a training picture is an upload as well, and is taken in as one.
  const own = { ...context, usedFiles: new Set<string>() };
  for (const [index, item] of items.entries()) {
    const entry = `${label} trainingData[${index}]`;
    // `image` was a File in the page; as JSON it is an empty object.
    const { image: _image, ...fields } = item;
    const name = typeof fields["id"] === "string" ? fields["id"] : "training";
    const question = questionOf(fields["imageUrl"], folder, name);
    const picture = await takePicture(own, question, { notes, entry });
    trainingData.push(picture === undefined ? withoutData(fields) : withPicture(fields, picture));
    if (picture !== undefined) pictures.push(picture);
  }
  return { trainingData, pictures };
}

function questionOf(url: Json | undefined, folder: string, name: string) {
  return { url, folder, picturesIn: ["uploads", "generated"], name };
}

function withPicture(fields: JsonObject, { ref }: OldPicture): JsonObject {
  return { ...fields, image: { ...ref }, imageUrl: `/api/blobs/${ref.sha256}` };
}

/** A damaged picture has no use as text. */
function withoutData(fields: JsonObject): JsonObject {
  const { imageUrl, ...rest } = fields;
  const isData = typeof imageUrl === "string" && /^data:/i.test(imageUrl);
  return isData || imageUrl === undefined ? rest : { ...rest, imageUrl };
}
