import { type Static, Type } from "@sinclair/typebox";
import { CursorText } from "./cursor.ts";
import { NumberedMutation } from "./mutation.ts";

export const ClientId = Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9-]{7,63}$" });

/** Most mutations in one push; a client with more sends several. */
export const MAX_PUSH_MUTATIONS = 500;

/**
 * `epoch` is the one of the client's own cursor: a studio that was restored to an earlier time refuses the push with
 * `sync.snapshot-needed`, before later numbers make what it forgot look like duplicates.
 */
export const PushRequest = Type.Object(
  {
    clientId: ClientId,
    schema: Type.Integer({ minimum: 1 }),
    epoch: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9-]{1,64}$" })),
    mutations: Type.Array(NumberedMutation, { minItems: 1, maxItems: MAX_PUSH_MUTATIONS }),
  },
  { additionalProperties: false },
);
export type PushRequest = Static<typeof PushRequest>;

/**
 * What became of one mutation. `applied` and `merged` carry the `seq` of their effect; `duplicate` was seen before;
 * `rejected` had no effect and will have none: it is the client's to show.
 */
export const PushResult = Type.Object(
  {
    n: Type.Integer({ minimum: 1 }),
    status: Type.Union([
      Type.Literal("applied"),
      Type.Literal("merged"),
      Type.Literal("duplicate"),
      Type.Literal("rejected"),
    ]),
    seq: Type.Optional(Type.Integer({ minimum: 0 })),
    code: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
    message: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type PushResult = Static<typeof PushResult>;

/** `cursor` is the studio's after the push; results stand in the order of the request. */
export const PushResponse = Type.Object(
  { cursor: CursorText, results: Type.Array(PushResult) },
  { additionalProperties: false },
);
export type PushResponse = Static<typeof PushResponse>;
