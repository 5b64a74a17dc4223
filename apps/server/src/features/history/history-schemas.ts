import {
  ChangeOp,
  COLLECTION_NAMES,
  type CollectionName,
  Conflict,
  FreeObject,
  IsoTime,
  RecordId,
} from "@safelight/shared";
import { Type } from "@sinclair/typebox";

const Collection = Type.Unsafe<CollectionName>({ type: "string", enum: [...COLLECTION_NAMES] });
const Seq = Type.Integer({ minimum: 1, description: "a commit of the studio" });

export const HistoryParams = Type.Object(
  { collection: Collection, id: RecordId },
  { additionalProperties: false },
);

export const VersionsQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
    before: Type.Optional(Type.Integer({ minimum: 1, description: "`nextBefore` of the page before" })),
  },
  { additionalProperties: false },
);

const VersionSchema = Type.Object({
  seq: Seq,
  at: Type.String(),
  by: Type.String(),
  op: ChangeOp,
  fields: Type.Array(Type.String(), { description: "what the commit changed" }),
  record: Type.Optional(FreeObject),
  conflict: Type.Optional(Conflict),
});

export const VersionsPageSchema = Type.Object({
  items: Type.Array(VersionSchema, { description: "newest first" }),
  nextBefore: Type.Optional(Seq),
  oldest: Type.Object(
    { seq: Type.Integer({ minimum: 0 }), at: Type.Optional(Type.String()) },
    { description: "the earliest moment that the studio can be rewound to" },
  ),
});

export const DiffQuery = Type.Object(
  {
    from: Seq,
    to: Type.Optional(Type.Integer({ minimum: 1, description: "left out, the record as it is now" })),
  },
  { additionalProperties: false },
);

export const DiffSchema = Type.Object({
  from: Seq,
  to: Seq,
  fields: Type.Record(
    Type.String(),
    Type.Object({ before: Type.Optional(Type.Unknown()), after: Type.Optional(Type.Unknown()) }),
    { description: "a side is absent where the field, or the record, was" },
  ),
});

export const RestoreBody = Type.Object(
  {
    seq: Seq,
    take: Type.Optional(
      Type.Union([Type.Literal("record"), Type.Literal("lost")], {
        default: "record",
        description: "`lost`: only the values that lost a conflict there",
      }),
    ),
  },
  { additionalProperties: false },
);

const Skipped = Type.Array(
  Type.Object({ collection: Collection, id: RecordId, code: Type.String(), message: Type.String() }),
  { description: "records that were not, or not wholly, brought back" },
);

export const RestoreSchema = Type.Object({
  seq: Type.Integer({ minimum: 0 }),
  record: FreeObject,
  skipped: Skipped,
});

export const RewindBody = Type.Object(
  {
    collection: Type.Optional(Collection),
    seq: Type.Optional(Type.Integer({ minimum: 0, description: "as the studio was after this commit" })),
    at: Type.Optional(IsoTime),
    dryRun: Type.Optional(Type.Boolean({ default: false })),
  },
  { additionalProperties: false, description: "one of `seq` and `at`" },
);

export const RewindSchema = Type.Object({
  to: Type.Integer({ minimum: 0 }),
  from: Type.Integer({ minimum: 0, description: "rewinding to it undoes this" }),
  seq: Type.Integer({ minimum: 0 }),
  changed: Type.Integer({ minimum: 0 }),
  unchanged: Type.Integer({ minimum: 0 }),
  skipped: Skipped,
  skippedCount: Type.Integer({ minimum: 0 }),
});
