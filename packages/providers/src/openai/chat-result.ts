import type { Charge, JsonObject } from "@safelight/shared";
import { inlineResult } from "../answered/inline-picture.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { type ChatRead, readChat } from "./read-chat.ts";

const CUT_NOTE = "The connection broke before the end. This is what had arrived.";

/** What became of a chat. Text that broke off is kept, and said to be a part. */
export function chatResult({ bytes, isWhole }: KeptAnswer, paid: boolean): Understood {
  const read = readChat(bytes, isWhole);
  const charge = chargeOf(read, paid);
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

/** Tokens have a price that nobody tells here, unless the server does. */
function chargeOf({ usage }: ChatRead, paid: boolean): Charge {
  if (!paid) return { state: "none" };
  const cost = usage?.cost;
  return typeof cost === "number" && cost >= 0 ? { state: "reported", usd: cost } : { state: "unknown" };
}

function detailsOf({ model, finishReason, usage, fault, isFinished }: ChatRead): JsonObject {
  const note = fault ?? (isFinished ? undefined : CUT_NOTE);
  return {
    isComplete: isFinished && finishReason !== "length",
    ...(model !== undefined && { model }),
    ...(finishReason !== undefined && { finishReason }),
    ...(usage?.prompt_tokens !== undefined && { promptTokens: usage.prompt_tokens }),
    ...(usage?.completion_tokens !== undefined && { completionTokens: usage.completion_tokens }),
    ...(note !== undefined && { note }),
  };
}

function silence(finishReason: string | undefined): string {
  if (finishReason === "content_filter") return "The server's filter let nothing of the answer through.";
  if (finishReason === "length") return "The longest answer was used up before any text came.";
  return "The model answered without any text.";
}
