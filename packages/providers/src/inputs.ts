import { BlobRef, type BlobRef as BlobReference } from "@safelight/shared";
import { Type, type Static } from "@sinclair/typebox";

/*
 * Parameters that name things of the studio. Every provider's models use these schemas, so that forms know what to
 * offer (by `input`) and the studio knows what a job was made from.
 */

/** A picture of the studio. Forms offer the library and the disk. */
export const PictureInput = Type.Object(BlobRef.properties, {
  additionalProperties: false,
  input: "picture",
});

/** A picture that a model cannot do without. */
export const requiredPicture = (words: { readonly title: string; readonly description: string }) =>
  Type.Unsafe<BlobReference>({ ...PictureInput, ...words });

/** A trained model of the studio (`blob`) or one that lies elsewhere (`url`), and how strongly it acts. */
export const LoraInput = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    modelId: Type.Optional(Type.String({ maxLength: 200 })),
    blob: Type.Optional(BlobRef),
    url: Type.Optional(Type.String({ maxLength: 2048, pattern: "^https?://" })),
    scale: Type.Number({ minimum: -2, maximum: 4, default: 1 }),
  },
  { additionalProperties: false },
);
export type LoraInput = Static<typeof LoraInput>;

export const LorasInput = Type.Array(LoraInput, {
  maxItems: 8,
  default: [],
  description: "LoRAs",
  input: "loras",
});

/** Pictures to train on, each with its caption, as they were when the run was asked for. */
export const TrainingImagesInput = Type.Array(
  Type.Object(
    { image: BlobRef, caption: Type.String({ maxLength: 10_000 }) },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: 1000, description: "Training pictures", input: "training-images" },
);

/** LoRAs as a parameter that may be left out. */
export const lorasField = Type.Optional(
  Type.Unsafe<LoraInput[]>({
    ...LorasInput,
    title: "LoRAs",
    description: "Trained models that act on the picture, and how strongly.",
  }),
);

export const triggerWordField = Type.Optional(
  Type.String({
    title: "Trigger word",
    description: "The word that calls what was learned. It is written into captions that lack it.",
    minLength: 1,
    maxLength: 100,
  }),
);

export type TrainingImage = { readonly image: BlobReference; readonly caption: string };
