import { Type, type Static } from "@sinclair/typebox";
import { extensionOf } from "../mime.ts";
import { defineCollection } from "./definition.ts";
import { baseFields, BlobRef, LongText, RecordId, ShortText, withPolicy } from "./fields.ts";

/** A canvas of arranged images. `imageCount` is counted when shown, never stored. */
export const GallerySession = Type.Object(
  {
    ...baseFields,
    name: ShortText,
    userComposition: withPolicy("text", LongText),
    savedProducts: withPolicy("set", Type.Array(ShortText, { maxItems: 10_000, uniqueItems: true })),
    directivesUsed: withPolicy("set", Type.Array(LongText, { maxItems: 10_000, uniqueItems: true })),
  },
  { additionalProperties: false },
);
export type GallerySession = Static<typeof GallerySession>;

/** An image on a canvas. `x` in percent of its width; `y`, `width`, `height` in pixels. */
export const GalleryImage = Type.Object(
  {
    ...baseFields,
    sessionId: withPolicy("fixed", RecordId),
    number: Type.Optional(
      withPolicy("server", Type.Integer({ minimum: 1, description: "given by the server" })),
    ),
    sortKey: Type.Optional(ShortText),
    directive: LongText,
    productId: ShortText,
    productName: ShortText,
    productBrand: ShortText,
    x: Type.Number(),
    y: Type.Number(),
    width: Type.Number({ minimum: 0 }),
    height: Type.Number({ minimum: 0 }),
    blob: Type.Optional(BlobRef),
    url: Type.Optional(Type.String({ maxLength: 2048, description: "where it was fetched from" })),
    jobId: Type.Optional(RecordId),
  },
  { additionalProperties: false },
);
export type GalleryImage = Static<typeof GalleryImage>;

/** The id and file name that the wire and the folder show: `img-001`, `img_001.png`. */
export function galleryImageName(image: GalleryImage): { readonly id: string; readonly filename: string } {
  const digits = String(image.number ?? 0).padStart(3, "0");
  return { id: `img-${digits}`, filename: `img_${digits}.${extensionOf(image.blob?.mime ?? "image/png")}` };
}

export const gallerySessions = defineCollection({
  name: "gallerySessions",
  idPrefix: "gal",
  schema: GallerySession,
  document: "gallery/sessions.json",
  initial: { name: "", userComposition: "", savedProducts: [], directivesUsed: [] },
});

export const galleryImages = defineCollection({
  name: "galleryImages",
  idPrefix: "img",
  schema: GalleryImage,
  document: "gallery/{sessionId}/metadata.json",
  initial: {
    directive: "",
    productId: "",
    productName: "",
    productBrand: "",
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  },
  counter: { field: "number", header: "lastImageNumber" },
  readableFile: (record) =>
    record.blob === undefined
      ? undefined
      : {
          folder: `gallery/${record.sessionId}`,
          name: galleryImageName(record).filename,
          sha256: record.blob.sha256,
        },
});
