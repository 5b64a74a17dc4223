import { FreeObject, IsoTime, LongText, RecordId, ShortText } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";

/** A trained model, as the older app wrote it. Its `id` is ours: the older shape had none. */
export const LegacyModel = Type.Object(
  {
    id: Type.Optional(RecordId),
    modelName: ShortText,
    modelId: Type.String({ minLength: 1, maxLength: 500 }),
    loraId: Type.Optional(ShortText),
    trainingConfig: Type.Object(
      {
        epochs: Type.Number({ minimum: 0 }),
        learningRate: Type.Number({ minimum: 0 }),
        batchSize: Type.Number({ minimum: 0 }),
        resolution: Type.Number({ minimum: 0 }),
        imageCount: Type.Number({ minimum: 0 }),
      },
      { additionalProperties: true },
    ),
    status: Type.Optional(ShortText),
    createdAt: Type.Optional(IsoTime),
    trainingData: Type.Optional(Type.Array(FreeObject, { maxItems: 10_000 })),
  },
  { additionalProperties: false },
);
export type LegacyModel = Static<typeof LegacyModel>;

/** A picture or clip, as the older app wrote it. `url` may be a `data:` URL when it is sent. */
export const LegacyContent = Type.Object(
  {
    id: RecordId,
    type: Type.Union([Type.Literal("image"), Type.Literal("video")]),
    url: Type.Optional(Type.String()),
    prompt: Type.Optional(LongText),
    negativePrompt: Type.Optional(LongText),
    config: Type.Optional(FreeObject),
    modelId: Type.Optional(ShortText),
    createdAt: Type.Optional(IsoTime),
    filename: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._ -]{0,199}$" })),
  },
  { additionalProperties: false },
);
export type LegacyContent = Static<typeof LegacyContent>;

export type StorageType = "models" | "content";
export const StorageType = Type.Unsafe<StorageType>({ type: "string", enum: ["models", "content"] });
