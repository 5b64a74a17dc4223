import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";
import { sessionNameFor } from "../../older-apps/session-name.ts";
import { isoTimeOf } from "./iso-time.ts";
import { tidyEntry } from "./tidy-entry.ts";

const SESSION_FIELDS = new Set([
  "id",
  "name",
  "created_at",
  "updated_at",
  "user_composition",
  "saved_products",
  "directives_used",
  "image_count",
  "images",
  "session",
  "session_id",
]);
const IMAGE_FIELDS = new Set([
  "id",
  "session_id",
  "filename",
  "url",
  "created_at",
  "directive",
  "product_id",
  "product_name",
  "product_brand",
  "x",
  "y",
  "width",
  "height",
  "image_data",
  "image_url",
  "file_missing",
]);

/** A record's fields, and what of the old entry has no place among them. */
export interface OldFields {
  readonly set: JsonObject;
  readonly leftOut: readonly string[];
}

/** Whether a `metadata.json` is a session's: the name alone says little. */
export function looksLikeSession(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const own = isJsonObject(value["session"]) ? value["session"] : value;
  return Array.isArray(value["images"]) || "user_composition" in own || "directives_used" in own;
}

/** A session's fields, from the snake_case of the older app. One without a name takes it from its first directive. */
export function oldSessionOf(value: JsonObject, images: readonly unknown[]): OldFields {
  const { fields, leftOut } = tidyEntry(value, SESSION_FIELDS) ?? { fields: {}, leftOut: [] };
  const createdAt = isoTimeOf(fields["created_at"]);
  const ofImages = images.flatMap((image) => (isJsonObject(image) ? (textOf(image["directive"]) ?? []) : []));
  const directives = textsOf(fields["directives_used"] ?? ofImages);
  const name = textOf(fields["name"])?.trim() ?? "";
  const dated = sessionNameFor(createdAt ?? "Session", directives[0]);
  const set = present({
    name: name === "" ? dated : name,
    userComposition: textOf(fields["user_composition"]),
    savedProducts: textsOf(fields["saved_products"]),
    directivesUsed: directives,
    createdAt,
  });
  return { set, leftOut };
}

/** An image's fields, but for its picture; `undefined` for what is no object. */
export function oldImageOf(value: unknown): (OldFields & { readonly fields: JsonObject }) | undefined {
  const tidy = tidyEntry(value, IMAGE_FIELDS);
  if (tidy === undefined) return undefined;
  const { fields, leftOut } = tidy;
  const set = present({
    directive: fields["directive"],
    productId: fields["product_id"],
    productName: fields["product_name"],
    productBrand: fields["product_brand"],
    x: fields["x"],
    y: fields["y"],
    width: fields["width"],
    height: fields["height"],
    url: hostedUrlOf(fields),
    createdAt: isoTimeOf(fields["created_at"]),
  });
  return { set, leftOut, fields };
}

/** The number in `img-001` or `img_001.png`, by which the older app counted within a session. */
export function numberOfImage(name: unknown): number | undefined {
  const digits =
    typeof name === "string" ? /^img[-_](\d{1,9})(?:\.[A-Za-z0-9]+)?$/.exec(name)?.[1] : undefined;
  const number = digits === undefined ? 0 : Number(digits);
  return number > 0 ? number : undefined;
}

function hostedUrlOf(fields: JsonObject): string | undefined {
  return [fields["image_url"], fields["url"]]
    .map(textOf)
    .find((url) => url !== undefined && /^https?:/i.test(url) && url.length <= 2048);
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return [...new Set(value.filter((item): item is string => typeof item === "string" && item !== ""))];
}

function present(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
