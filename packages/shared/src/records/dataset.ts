import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, BlobRef, LongText, RecordId, ShortText, withPolicy } from "./fields.ts";

/** A named set of captioned training images. */
export const Dataset = Type.Object(
  {
    ...baseFields,
    name: ShortText,
    styleId: Type.Optional(RecordId),
    description: Type.Optional(withPolicy("text", LongText)),
  },
  { additionalProperties: false },
);
export type Dataset = Static<typeof Dataset>;

/** One training image and what it shows. */
export const DatasetItem = Type.Object(
  {
    ...baseFields,
    datasetId: withPolicy("fixed", RecordId),
    sortKey: Type.Optional(ShortText),
    image: Type.Optional(BlobRef),
    imageUrl: Type.Optional(Type.String({ maxLength: 2048 })),
    description: withPolicy("text", LongText),
    characterName: withPolicy("text", LongText),
    sceneDescription: withPolicy("text", LongText),
    styleDescription: withPolicy("text", LongText),
  },
  { additionalProperties: false },
);
export type DatasetItem = Static<typeof DatasetItem>;

export const datasets = defineCollection({
  name: "datasets",
  idPrefix: "dataset",
  schema: Dataset,
  document: "datasets.json",
  initial: {},
});

export const datasetItems = defineCollection({
  name: "datasetItems",
  idPrefix: "item",
  schema: DatasetItem,
  document: "datasets/{datasetId}.json",
  initial: { description: "", characterName: "", sceneDescription: "", styleDescription: "" },
});
