import type { BlobRef, JsonObject } from "@safelight/shared";
import { Value } from "@sinclair/typebox/value";
import type { ProviderModel, ProviderRequest } from "../provider.ts";
import { BitforgeParams, GenerateParams, PixenParams, PixfluxParams } from "./pixellab-params.ts";

/** Reads a picture of the studio as PixelLab wants it. */
export type ReadPicture = (blob: BlobRef) => Promise<{ readonly base64: string; readonly mime: string }>;

export interface PixellabModel extends ProviderModel {
  /** Below the base address. */
  readonly path: string;
  /** The answer names a job to poll instead of carrying the picture. */
  readonly isBackground: boolean;
  /** Least and most pixels of a picture. */
  readonly area: readonly [number, number];
  body(request: ProviderRequest, read: ReadPicture): Promise<JsonObject>;
}

export const PIXELLAB_MODELS: readonly PixellabModel[] = [
  {
    id: "pixflux",
    name: "PixFlux",
    kind: "sprite",
    params: PixfluxParams,
    path: "/v1/generate-image-pixflux",
    isBackground: false,
    area: [32 * 32, 400 * 400],
    body: async (request, read) => drawnBody(request, Value.Decode(PixfluxParams, request.params), read),
  },
  {
    id: "bitforge",
    name: "BitForge",
    kind: "sprite",
    params: BitforgeParams,
    path: "/v1/generate-image-bitforge",
    isBackground: false,
    area: [16 * 16, 200 * 200],
    async body(request, read) {
      const params = Value.Decode(BitforgeParams, request.params);
      return {
        ...(await drawnBody(request, params, read)),
        ...(params.styleStrength !== undefined && { style_strength: params.styleStrength }),
        ...(await pictures(read, {
          style_image: params.styleImage,
          inpainting_image: params.inpaintImage,
          mask_image: params.maskImage,
        })),
      };
    },
  },
  {
    id: "pixen",
    name: "Pixen",
    kind: "sprite",
    params: PixenParams,
    takesNegativePrompt: false,
    path: "/v2/create-image-pixen",
    isBackground: false,
    area: [16 * 16, 768 * 768],
    body: async (request) => lookBody(request, Value.Decode(PixenParams, request.params)),
  },
  {
    id: "generate-v2",
    name: "Generate (Pro, several variants)",
    kind: "sprite",
    params: GenerateParams,
    takesNegativePrompt: false,
    path: "/v2/generate-image-v2",
    isBackground: true,
    area: [16 * 16, 792 * 792],
    async body({ prompt, params: given }, read) {
      const params = Value.Decode(GenerateParams, given);
      const { referenceImage, styleImage, seed } = params;
      return {
        description: prompt,
        image_size: sizeOf(params),
        no_background: params.noBackground ?? true,
        ...(seed !== undefined && { seed }),
        ...(referenceImage !== undefined && { reference_images: [await sized(read, referenceImage)] }),
        ...(styleImage !== undefined && { style_image: await sized(read, styleImage) }),
      };
    },
  },
];

type Size = { readonly width?: number; readonly height?: number };

export const sizeOf = ({ width = 64, height = 64 }: Size) => ({ width, height });

function lookBody({ prompt }: ProviderRequest, params: typeof PixenParams.static): JsonObject {
  const { outline, detail, view, direction, noBackground, seed } = params;
  return {
    description: prompt,
    image_size: sizeOf(params),
    no_background: noBackground ?? false,
    ...(outline !== undefined && { outline }),
    ...(detail !== undefined && { detail }),
    ...(view !== undefined && { view }),
    ...(direction !== undefined && { direction }),
    ...(seed !== undefined && { seed }),
  };
}

async function drawnBody(
  request: ProviderRequest,
  params: typeof PixfluxParams.static,
  read: ReadPicture,
): Promise<JsonObject> {
  const { guidance, shading, isometric, coverage, initImage, initImageStrength, paletteImage } = params;
  return {
    ...lookBody(request, params),
    ...(request.negativePrompt !== undefined && { negative_description: request.negativePrompt }),
    ...(guidance !== undefined && { text_guidance_scale: guidance }),
    ...(shading !== undefined && { shading }),
    ...(isometric !== undefined && { isometric }),
    ...(coverage !== undefined && { coverage_percentage: coverage }),
    ...(initImageStrength !== undefined && { init_image_strength: initImageStrength }),
    ...(await pictures(read, { init_image: initImage, color_image: paletteImage })),
  };
}

async function pictures(read: ReadPicture, named: Record<string, BlobRef | undefined>): Promise<JsonObject> {
  const sent: Record<string, JsonObject> = {};
  for (const [name, blob] of Object.entries(named)) {
    if (blob === undefined) continue;
    const { base64, mime } = await read(blob);
    sent[name] = { type: "base64", base64, format: mime === "image/jpeg" ? "jpeg" : "png" };
  }
  return sent;
}

async function sized(read: ReadPicture, blob: BlobRef): Promise<JsonObject> {
  const { base64, mime } = await read(blob);
  const { width = 64, height = 64 } = blob;
  return { image: { type: "base64", base64: `data:${mime};base64,${base64}` }, size: { width, height } };
}
