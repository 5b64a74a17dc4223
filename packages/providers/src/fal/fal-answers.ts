import { type Static, Type } from "@sinclair/typebox";

/*
 * What fal answers, as far as it is used here. Fields that are not named may come along.
 */

export const FalQueued = Type.Object({
  request_id: Type.String({ minLength: 1, maxLength: 200, pattern: "^[A-Za-z0-9_-]+$" }),
  response_url: Type.Optional(Type.Unknown()),
  status_url: Type.Optional(Type.Unknown()),
  cancel_url: Type.Optional(Type.Unknown()),
});

export const FalStatus = Type.Object({
  status: Type.Union([Type.Literal("IN_QUEUE"), Type.Literal("IN_PROGRESS"), Type.Literal("COMPLETED")]),
  queue_position: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  logs: Type.Optional(Type.Union([Type.Array(Type.Object({ message: Type.String() })), Type.Null()])),
  error: Type.Optional(Type.Unknown()),
  error_type: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});
export type FalStatus = Static<typeof FalStatus>;

export const FalFile = Type.Object({
  url: Type.String({ minLength: 1, maxLength: 4096 }),
  content_type: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  file_name: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  width: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  height: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
});
export type FalFile = Static<typeof FalFile>;

export const FalOutput = Type.Object({
  images: Type.Optional(Type.Array(FalFile)),
  image: Type.Optional(Type.Union([FalFile, Type.Null()])),
  video: Type.Optional(Type.Union([FalFile, Type.Null()])),
  diffusers_lora_file: Type.Optional(Type.Union([FalFile, Type.Null()])),
  config_file: Type.Optional(Type.Union([FalFile, Type.Null()])),
  seed: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  has_nsfw_concepts: Type.Optional(Type.Union([Type.Array(Type.Boolean()), Type.Null()])),
});
export type FalOutput = Static<typeof FalOutput>;

export const FalCancel = Type.Object({ status: Type.Optional(Type.String()) });

export const FalUploadSlot = Type.Object({
  upload_url: Type.String({ minLength: 1 }),
  file_url: Type.String({ minLength: 1 }),
});

export const FalPart = Type.Object({
  etag: Type.Optional(Type.String({ minLength: 1 })),
  partNumber: Type.Optional(Type.Integer()),
});

export const FalPrices = Type.Object({
  prices: Type.Array(
    Type.Object({
      endpoint_id: Type.String(),
      unit_price: Type.Number({ minimum: 0 }),
      unit: Type.String(),
      currency: Type.Optional(Type.String()),
    }),
  ),
});

export const FalEstimate = Type.Object({
  total_cost: Type.Number({ minimum: 0 }),
  currency: Type.String(),
});

export const FalRequests = Type.Object({
  items: Type.Array(
    Type.Object({
      request_id: Type.String(),
      endpoint_id: Type.Optional(Type.String()),
      sent_at: Type.Optional(Type.String()),
      started_at: Type.Optional(Type.String()),
      json_input: Type.Optional(Type.Unknown()),
    }),
  ),
});

export const FalKeys = Type.Object({ keys: Type.Array(Type.Object({ x: Type.String() })) });
