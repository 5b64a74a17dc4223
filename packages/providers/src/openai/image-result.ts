import type { Charge, JsonObject } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { decodeBase64, inlineResult, pictureExtension } from "../answered/inline-picture.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { parseAnswer } from "../http/parse-answer.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ProviderResult } from "../provider.ts";

const ImageAnswer = Type.Object({
  created: Type.Optional(Type.Number()),
  data: Type.Array(
    Type.Object({
      b64_json: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      url: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      revised_prompt: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    }),
    { maxItems: 32 },
  ),
  usage: Type.Optional(
    Type.Union([
      Type.Object({
        input_tokens: Type.Optional(Type.Number()),
        output_tokens: Type.Optional(Type.Number()),
        cost: Type.Optional(Type.Number()),
      }),
      Type.Null(),
    ]),
  ),
});
type ImageAnswer = Static<typeof ImageAnswer>;

/** What is written down of a request for pictures before it leaves. */
const KeptImage = Type.Object({
  kind: Type.Literal("image"),
  details: Type.Record(Type.String(), Type.Any()),
});

/** OpenAI's addresses of pictures live for an hour. */
const URL_LIFE_MS = 60 * 60_000;
const MS_PER_S = 1000;

export function imageResult(
  { bytes, request }: KeptAnswer,
  { host, paid }: { readonly host: Pick<ProviderHost, "download">; readonly paid: boolean },
): Understood {
  const answer = parseAnswer(bytes, ImageAnswer);
  const { details } = Value.Decode(KeptImage, request);
  const charge = chargeOf(answer, paid);
  const results = answer.data.flatMap((picture, index): ProviderResult[] => {
    const { b64_json: base64, url, revised_prompt: revised } = picture;
    const told: JsonObject = {
      ...details,
      ...usageDetails(answer),
      ...(typeof revised === "string" && { revisedPrompt: revised }),
    };
    if (typeof base64 === "string") {
      const png = decodeBase64(base64);
      const name = `picture-${index + 1}.${pictureExtension(png)}`;
      return [inlineResult({ name, type: "image", details: told, bytes: png })];
    }
    if (typeof url !== "string") return [];
    const expiry = answer.created === undefined ? {} : { expiresAt: answer.created * MS_PER_S + URL_LIFE_MS };
    const open = async (signal: AbortSignal) => (await host.download(url, signal)).body;
    return [{ name: `picture-${index + 1}.png`, type: "image", details: told, ...expiry, open }];
  });
  if (results.length > 0) return { state: "succeeded", charge, results };
  return {
    state: "failed",
    charge,
    error: { code: "run.failed", message: "The server answered without a picture." },
  };
}

function chargeOf({ usage }: ImageAnswer, paid: boolean): Charge {
  if (!paid) return { state: "none" };
  return usage?.cost === undefined ? { state: "unknown" } : { state: "reported", usd: usage.cost };
}

function usageDetails({ usage }: ImageAnswer): JsonObject {
  return {
    ...(usage?.input_tokens !== undefined && { inputTokens: usage.input_tokens }),
    ...(usage?.output_tokens !== undefined && { outputTokens: usage.output_tokens }),
  };
}
