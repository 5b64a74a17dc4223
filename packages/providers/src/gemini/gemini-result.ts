import type { Charge, JsonObject } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { decodeBase64, inlineResult, pictureExtension } from "../answered/inline-picture.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { parseAnswer } from "../http/parse-answer.ts";
import { countIn, type SaidUsage, saidUsage } from "../said-usage.ts";

const GeminiAnswer = Type.Object({
  candidates: Type.Optional(
    Type.Array(
      Type.Object({
        content: Type.Optional(
          Type.Object({
            parts: Type.Optional(
              Type.Array(
                Type.Object({
                  text: Type.Optional(Type.String()),
                  inlineData: Type.Optional(Type.Object({ mimeType: Type.String(), data: Type.String() })),
                  thought: Type.Optional(Type.Boolean()),
                }),
              ),
            ),
          }),
        ),
        finishReason: Type.Optional(Type.String()),
        finishMessage: Type.Optional(Type.String()),
      }),
    ),
  ),
  promptFeedback: Type.Optional(
    Type.Object({
      blockReason: Type.Optional(Type.String()),
      blockReasonMessage: Type.Optional(Type.String()),
    }),
  ),
  usageMetadata: Type.Optional(Type.Unknown()),
  modelVersion: Type.Optional(Type.Unknown()),
});
type GeminiAnswer = Static<typeof GeminiAnswer>;

/** What became of a request. Google counts tokens and names no price: that is the owner's to give. */
export function geminiResult(
  { bytes, request }: KeptAnswer,
  chargeOf: (usage: SaidUsage, model: unknown) => Charge,
): Understood {
  const answer = parseAnswer(bytes, GeminiAnswer);
  const charge = chargeOf(billedTokens(answer), request["model"]);
  // Thoughts may hold drafts, which are not what was asked for.
  const parts = (answer.candidates ?? [])
    .flatMap(({ content }) => content?.parts ?? [])
    .filter(({ thought }) => thought !== true);
  const pictures = parts.flatMap(({ inlineData }) => {
    return inlineData?.mimeType.startsWith("image/") === true ? [decodeBase64(inlineData.data)] : [];
  });
  const text = parts
    .map((part) => part.text ?? "")
    .join("")
    .trim();
  if (pictures.length === 0) {
    return { state: "failed", charge, error: { code: "run.refused", message: refusalOf(answer, text) } };
  }
  const details = { ...request, ...usageOf(answer), ...(text !== "" && { text }) };
  const results = pictures.map((picture, index) =>
    inlineResult({
      name: `picture-${index + 1}.${pictureExtension(picture)}`,
      type: "image",
      details,
      bytes: picture,
    }),
  );
  return { state: "succeeded", charge, results };
}

/** What is thought is charged for like what is drawn, and stands in the total alone. */
function billedTokens({ usageMetadata }: GeminiAnswer): SaidUsage {
  const said = saidUsage(usageMetadata, { input: "promptTokenCount", output: "candidatesTokenCount" });
  const { inputTokens, outputTokens } = said;
  const total = countIn(usageMetadata, "totalTokenCount");
  if (inputTokens === undefined || outputTokens === undefined || total === undefined) return said;
  return { inputTokens, outputTokens: Math.max(outputTokens, total - inputTokens) };
}

function usageOf({ usageMetadata, modelVersion }: GeminiAnswer): JsonObject {
  const promptTokens = countIn(usageMetadata, "promptTokenCount");
  const completionTokens = countIn(usageMetadata, "candidatesTokenCount");
  const totalTokens = countIn(usageMetadata, "totalTokenCount");
  return {
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
    ...(totalTokens !== undefined && { totalTokens }),
    ...(typeof modelVersion === "string" && { modelVersion }),
  };
}

const FILTERED: ReadonlySet<string> = new Set([
  "SAFETY",
  "IMAGE_SAFETY",
  "PROHIBITED_CONTENT",
  "IMAGE_PROHIBITED_CONTENT",
  "BLOCKLIST",
  "SPII",
]);
const COPIED: ReadonlySet<string> = new Set(["RECITATION", "IMAGE_RECITATION"]);

function refusalOf({ promptFeedback, candidates = [] }: GeminiAnswer, text: string): string {
  const blocked = promptFeedback?.blockReason;
  if (blocked !== undefined) {
    return withWords(`Google blocked the prompt (${blocked}).`, promptFeedback?.blockReasonMessage);
  }
  const { finishReason = "no reason given", finishMessage } =
    candidates.find((candidate) => candidate.finishReason !== undefined) ?? {};
  const words = finishMessage ?? (text === "" ? undefined : text);
  if (FILTERED.has(finishReason)) {
    return withWords(`Google's safety filter held the picture back (${finishReason}).`, words);
  }
  if (COPIED.has(finishReason)) {
    return withWords(`The picture was too close to a known one (${finishReason}).`, words);
  }
  return withWords(`Google answered without a picture (${finishReason}).`, words);
}

const MAX_WORDS = 600;

function withWords(why: string, words: string | undefined): string {
  return words === undefined ? why : `${why} It says: ${words.slice(0, MAX_WORDS)}`;
}
