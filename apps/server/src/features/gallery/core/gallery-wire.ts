import {
  galleryImageName,
  type GalleryImage,
  type GallerySession,
  IsoTime,
  LongText,
  RecordId,
  ShortText,
} from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";

const Names = Type.Array(ShortText, { maxItems: 10_000, uniqueItems: true });
const Texts = Type.Array(LongText, { maxItems: 10_000, uniqueItems: true });

/** A session on the wire. `image_count` is counted when shown. */
export const WireSession = Type.Object(
  {
    id: RecordId,
    name: ShortText,
    created_at: IsoTime,
    updated_at: IsoTime,
    user_composition: LongText,
    saved_products: Names,
    directives_used: Texts,
    image_count: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type WireSession = Static<typeof WireSession>;

/** What may be sent of a session, when it is made and later. */
export const SessionFields = Type.Object(
  {
    name: Type.Optional(ShortText),
    user_composition: Type.Optional(LongText),
    saved_products: Type.Optional(Names),
    directives_used: Type.Optional(Texts),
  },
  { additionalProperties: false },
);
export type SessionFields = Static<typeof SessionFields>;

/** An image on the wire. `x` in percent of the canvas, `y`, `width` and `height` in pixels. */
export const WireImage = Type.Object(
  {
    id: Type.String({ description: "`img-001`, counted within the session" }),
    session_id: RecordId,
    filename: Type.String(),
    url: Type.String(),
    created_at: IsoTime,
    directive: LongText,
    product_id: ShortText,
    product_name: ShortText,
    product_brand: ShortText,
    x: Type.Number(),
    y: Type.Number(),
    width: Type.Number(),
    height: Type.Number(),
  },
  { additionalProperties: false },
);
export type WireImage = Static<typeof WireImage>;

/** A new image: its bytes in base64, with or without `data:` prefix, or a URL to fetch them from; one of both. */
export const NewImage = Type.Object(
  {
    image_data: Type.Optional(Type.String({ minLength: 1 })),
    image_url: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
    directive: Type.Optional(LongText),
    product_id: Type.Optional(ShortText),
    product_name: Type.Optional(ShortText),
    product_brand: Type.Optional(ShortText),
    x: Type.Optional(Type.Number()),
    y: Type.Optional(Type.Number()),
    width: Type.Optional(Type.Number({ minimum: 0 })),
    height: Type.Optional(Type.Number({ minimum: 0 })),
  },
  { additionalProperties: false },
);
export type NewImage = Static<typeof NewImage>;

export function wireOfSession(session: GallerySession, imageCount: number): WireSession {
  return {
    id: session.id,
    name: session.name,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
    user_composition: session.userComposition,
    saved_products: session.savedProducts,
    directives_used: session.directivesUsed,
    image_count: imageCount,
  };
}

export function wireOfImage(image: GalleryImage): WireImage {
  const { id, filename } = galleryImageName(image);
  return {
    id,
    session_id: image.sessionId,
    filename,
    url: `/api/gallery/session/${image.sessionId}/images/${id}`,
    created_at: image.createdAt,
    directive: image.directive,
    product_id: image.productId,
    product_name: image.productName,
    product_brand: image.productBrand,
    x: image.x,
    y: image.y,
    width: image.width,
    height: image.height,
  };
}
