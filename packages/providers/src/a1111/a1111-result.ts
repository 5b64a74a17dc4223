import type { JsonObject } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { decodeBase64, inlineResult, pictureExtension } from "../answered/inline-picture.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { parseAnswer } from "../http/parse-answer.ts";

const ImageAnswer = Type.Object({
  images: Type.Union([Type.Array(Type.String()), Type.Null()]),
  info: Type.Optional(Type.String()),
});

/** The JSON in the answer's `info`. */
const Info = Type.Object({
  all_seeds: Type.Optional(Type.Array(Type.Number())),
  seed: Type.Optional(Type.Number()),
  steps: Type.Optional(Type.Number()),
  cfg_scale: Type.Optional(Type.Number()),
  width: Type.Optional(Type.Number()),
  height: Type.Optional(Type.Number()),
  sampler_name: Type.Optional(Type.String()),
  sd_model_name: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  /** 1 when a grid of all pictures comes before them. */
  index_of_first_image: Type.Optional(Type.Integer({ minimum: 0 })),
  infotexts: Type.Optional(Type.Array(Type.String())),
});
type Info = Static<typeof Info>;

const FREE = { state: "none" } as const;

export function a1111Result({ bytes, request }: KeptAnswer): Understood {
  const { images, info: said } = parseAnswer(bytes, ImageAnswer);
  const info = readInfo(said);
  const pictures = (images ?? []).slice(info.index_of_first_image ?? 0);
  if (pictures.length === 0) {
    const message = "The web UI answered without a picture.";
    return { state: "failed", charge: FREE, error: { code: "run.failed", message } };
  }
  const results = pictures.map((base64, index) => {
    const picture = decodeBase64(base64);
    return inlineResult({
      name: `picture-${index + 1}.${pictureExtension(picture)}`,
      type: "image",
      details: { ...request, ...detailsOf(info, index) },
      bytes: picture,
    });
  });
  return { state: "succeeded", charge: FREE, results };
}

function detailsOf(info: Info, index: number): JsonObject {
  const seed = info.all_seeds?.[index] ?? (info.seed === undefined ? undefined : info.seed + index);
  return {
    ...(seed !== undefined && { seed }),
    ...(info.steps !== undefined && { steps: info.steps }),
    ...(info.cfg_scale !== undefined && { guidanceScale: info.cfg_scale }),
    ...(info.width !== undefined && { width: info.width }),
    ...(info.height !== undefined && { height: info.height }),
    ...(info.sampler_name !== undefined && { sampler: info.sampler_name }),
    ...(typeof info.sd_model_name === "string" && { checkpoint: info.sd_model_name }),
  };
}

/** Pictures count more than what is told of them: info of another shape is left out. */
function readInfo(said: string | undefined): Info {
  try {
    const info: unknown = JSON.parse(said ?? "{}");
    return Value.Check(Info, info) ? info : {};
  } catch {
    return {};
  }
}
