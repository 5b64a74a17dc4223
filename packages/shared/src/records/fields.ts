import { type Static, type TSchema, Type } from "@sinclair/typebox";
import type { JsonObject } from "../json.ts";

/**
 * How a field behaves when two writers meet:
 * `lww` the later arrival wins; `text` three-way text merge, then lww; `set` union of adds minus removes;
 * `server` only the server may set it; `fixed` set when the record is created and never again.
 */
export type FieldPolicy = "lww" | "text" | "set" | "server" | "fixed";

/** Annotates a field's schema with its policy; `lww` needs no annotation. */
export function withPolicy<T extends TSchema>(policy: FieldPolicy, schema: T): T {
  return { ...schema, policy };
}

/** The policy of one field's schema. */
export function policyOf(schema: TSchema): FieldPolicy {
  const { policy } = schema as { policy?: FieldPolicy };
  return policy ?? "lww";
}

/** Ids are safe as a file name on every system: they name folders such as `gallery/<id>/`. */
export const RecordId = Type.String({
  pattern: "^[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,126}[A-Za-z0-9_~-])?$",
  description: "`prefix-<uuidv7>`, or an id of one of the older apps",
});

/** An instant, ISO 8601 in UTC: `2026-01-31T12:00:00.000Z`. Shown to people, never used for ordering. */
export const IsoTime = Type.String({
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z$",
});

export const Sha256 = Type.String({ pattern: "^[0-9a-f]{64}$" });

export const ShortText = Type.String({ maxLength: 500 });
export const LongText = Type.String({ maxLength: 100_000 });

/** Free-form JSON object: provider parameters, metadata of the older apps. */
export const FreeObject = Type.Unsafe<JsonObject>(Type.Record(Type.String(), Type.Unknown()));

/** Refers to immutable bytes by their hash. `sizeBytes` in bytes, `width`/`height` in pixels. */
export const BlobRef = Type.Object(
  {
    sha256: Sha256,
    sizeBytes: Type.Integer({ minimum: 0 }),
    mime: Type.String({ maxLength: 127 }),
    name: Type.Optional(Type.String({ maxLength: 255 })),
    width: Type.Optional(Type.Integer({ minimum: 1 })),
    height: Type.Optional(Type.Integer({ minimum: 1 })),
    durationMs: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
);
export type BlobRef = Static<typeof BlobRef>;

/** The fields that every record has; the store sets them. */
export const baseFields = {
  id: RecordId,
  rev: Type.Integer({ minimum: 1, description: "counts this record's changes" }),
  createdAt: IsoTime,
  updatedAt: IsoTime,
  deletedAt: Type.Optional(IsoTime),
};

/** Names of the base fields, which no mutation of a client may set. */
export const BASE_FIELD_NAMES: ReadonlySet<string> = new Set(Object.keys(baseFields));
