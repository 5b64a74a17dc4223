import type { Charge, JsonObject } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { decodeBase64, inlineResult, pictureExtension } from "../answered/inline-picture.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { parseAnswer } from "../http/parse-answer.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ProviderResult } from "../provider.ts";
import { countIn, type SaidUsage, saidUsage } from "../said-usage.ts";

const ImageAnswer = Type.Object({
  created: Type.Optional(Type.Unknown()),
  data: Type.Array(
    Type.Object({
      b64_json: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      url: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      revised_prompt: Type.Optional(Type.Unknown()),
    }),
    { maxItems: 32 },
  ),
  usage: Type.Optional(Type.Unknown()),
});
const USAGE = { input: "input_tokens", output: "output_tokens", cost: "cost" };

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
  context: {
    readonly host: Pick<ProviderHost, "download">;
    readonly charge: (usage: SaidUsage, model: unknown) => Charge;
  },
): Understood {
  const { host } = context;
  const answer = parseAnswer(bytes, ImageAnswer);
  const { details } = Value.Decode(KeptImage, request);
  const usage = saidUsage(answer.usage, USAGE);
  const charge = context.charge(usage, details["model"]);
  const { costUsd: _costUsd, ...tokens } = usage;
  const createdS = countIn(answer, "created");
  const results = answer.data.flatMap((picture, index): ProviderResult[] => {
    const { b64_json: base64, url, revised_prompt: revised } = picture;
    const told: JsonObject = {
      ...details,
      ...tokens,
      ...(typeof revised === "string" && { revisedPrompt: revised }),
    };
    if (typeof base64 === "string") {
      const png = decodeBase64(base64);
      const name = `picture-${index + 1}.${pictureExtension(png)}`;
      return [inlineResult({ name, type: "image", details: told, bytes: png })];
    }
    if (typeof url !== "string") return [];
    const expiry = createdS === undefined ? {} : { expiresAt: createdS * MS_PER_S + URL_LIFE_MS };
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
