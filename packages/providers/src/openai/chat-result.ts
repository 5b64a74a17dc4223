import type { Charge, JsonObject } from "@safelight/shared";
import { inlineResult } from "../answered/inline-picture.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { countIn, type SaidUsage, saidUsage } from "../said-usage.ts";
import { type ChatRead, readChat } from "./read-chat.ts";

const CUT_NOTE = "The connection broke before the end. This is what had arrived.";

/** What became of a chat. Text that broke off is kept, and said to be a part. */
export function chatResult(
  { bytes, isWhole, request }: KeptAnswer,
  chargeOf: (usage: SaidUsage, model: unknown) => Charge,
): Understood {
  const read = readChat(bytes, isWhole);
  const names = { input: "prompt_tokens", output: "completion_tokens", cost: "cost" };
  const charge = chargeOf(saidUsage(read.usage, names), request["model"]);
  if (read.text === "") {
    const why = read.fault ?? (read.isFinished ? silence(read.finishReason) : CUT_NOTE);
    return { state: "failed", charge, error: { code: "run.failed", message: why } };
  }
  const result = inlineResult({
    name: "answer.txt",
    type: "text",
    details: detailsOf(read),
    bytes: new TextEncoder().encode(read.text),
  });
  return { state: "succeeded", charge, results: [result] };
}

function detailsOf({ model, finishReason, usage, fault, isFinished }: ChatRead): JsonObject {
  const promptTokens = countIn(usage, "prompt_tokens");
  const completionTokens = countIn(usage, "completion_tokens");
  const note = fault ?? (isFinished ? undefined : CUT_NOTE);
  return {
    isComplete: isFinished && finishReason !== "length",
    ...(model !== undefined && { model }),
    ...(finishReason !== undefined && { finishReason }),
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
    ...(note !== undefined && { note }),
  };
}

function silence(finishReason: string | undefined): string {
  if (finishReason === "content_filter") return "The server's filter let nothing of the answer through.";
  if (finishReason === "length") return "The longest answer was used up before any text came.";
  return "The model answered without any text.";
}
