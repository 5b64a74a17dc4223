import type { Charge, JsonObject } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import sharp from "sharp";
import { decodeBase64, inlineResult, pictureExtension } from "../answered/inline-picture.ts";
import { isRecord } from "../http/is-record.ts";
import type { ProviderResult } from "../provider.ts";
import { countIn } from "../said-usage.ts";

export const InlineImage = Type.Object({
  type: Type.Optional(Type.String()),
  base64: Type.String(),
  width: Type.Optional(Type.Integer({ minimum: 1, maximum: 8192 })),
});

export const SynchronousAnswer = Type.Object({
  image: InlineImage,
  usage: Type.Optional(Type.Unknown()),
});

export const TakenAnswer = Type.Object({ background_job_id: Type.String({ minLength: 1 }) });

export const BackgroundJob = Type.Object({
  id: Type.Optional(Type.String()),
  status: Type.String(),
  usage: Type.Optional(Type.Unknown()),
  last_response: Type.Optional(
    Type.Union([
      Type.Object({
        image: Type.Optional(InlineImage),
        images: Type.Optional(Type.Array(InlineImage, { maxItems: 256 })),
        detail: Type.Optional(Type.Unknown()),
        usage: Type.Optional(Type.Unknown()),
      }),
      Type.Null(),
    ]),
  ),
});

/** v1 says `{usd}`, v2 `{credits: {usd}, subscription}`. */
export const Balance = Type.Object({
  usd: Type.Optional(Type.Number()),
  credits: Type.Optional(Type.Object({ usd: Type.Number() })),
});

/** What PixelLab says that a run cost. Paid with a subscription's generations there is no price to tell. */
export function chargeOf(usage: unknown): Charge {
  const usd = isRecord(usage) && usage["type"] !== "generations" ? countIn(usage, "usd") : undefined;
  return usd === undefined ? { state: "unknown" } : { state: "reported", usd };
}

export function usageDetails(usage: unknown): JsonObject {
  const generations = countIn(usage, "generations");
  return generations === undefined ? {} : { generations };
}

/** The pictures of an answer; `size` is what was asked for, and how raw pixels are laid out when nothing says so. */
export function pictureResults(
  images: readonly Static<typeof InlineImage>[],
  { model, size, details }: { readonly model: string; readonly size: Size; readonly details: JsonObject },
): readonly ProviderResult[] {
  return images.map((image, index) => {
    const bytes = decodeBase64(image.base64);
    const raw = rawLayout(bytes, image, size);
    const extension = raw === undefined ? pictureExtension(bytes) : "png";
    return inlineResult({
      name: `${model}-${index + 1}.${extension}`,
      type: "image",
      details: { ...size, ...details },
      bytes: raw === undefined ? bytes : () => pngOfPixels(bytes, raw),
    });
  });
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const CHANNELS = 4;
const SIGNATURES = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x52, 0x49, 0x46, 0x46],
];

/** How to read bytes that are bare RGBA pixels (`rgba_bytes` in v2); `undefined` for a picture file. */
function rawLayout(
  bytes: Uint8Array,
  { type, width }: Static<typeof InlineImage>,
  asked: Size,
): Size | undefined {
  const isFile = SIGNATURES.some((signature) => signature.every((byte, index) => bytes[index] === byte));
  if (isFile && type !== "rgba_bytes") return undefined;
  const pixels = bytes.byteLength / CHANNELS;
  for (const candidate of [width, asked.width]) {
    if (candidate !== undefined && pixels >= 1 && pixels % candidate === 0) {
      return { width: candidate, height: pixels / candidate };
    }
  }
  return undefined;
}

/** Bare pixels are no file: they become a PNG without loss, and the same one each time. */
async function pngOfPixels(pixels: Uint8Array, { width, height }: Size): Promise<Uint8Array> {
  return sharp(pixels, { raw: { width, height, channels: CHANNELS } })
    .png()
    .toBuffer();
}
