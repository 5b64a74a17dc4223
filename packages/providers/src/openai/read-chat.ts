import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { UnreadableAnswerError } from "../http/parse-answer.ts";
import { wordsIn } from "../http/words-of.ts";
import { serverSentData } from "./server-sent-data.ts";

const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));

/** A piece of a streamed answer, or the whole of one that is not streamed. */
const Chunk = Type.Object({
  model: Type.Optional(Type.Unknown()),
  choices: Type.Optional(
    Type.Array(
      Type.Object({
        delta: Type.Optional(Type.Union([Type.Object({ content: Text }), Type.Null()])),
        message: Type.Optional(Type.Object({ content: Text })),
        finish_reason: Text,
      }),
    ),
  ),
  usage: Type.Optional(Type.Unknown()),
  error: Type.Optional(Type.Unknown()),
});

/** What a chat came to. */
export interface ChatRead {
  readonly text: string;
  readonly model: string | undefined;
  readonly finishReason: string | undefined;
  /** As it stands there: tokens, and at OpenRouter what they cost in US dollars. */
  readonly usage: unknown;
  /** The server's words when it broke off with an error. */
  readonly fault: string | undefined;
  /** Whether the model said that it is done. */
  readonly isFinished: boolean;
}

const END = "[DONE]";

/** Reads an answer, streamed or not, whole or cut. Throws `UnreadableAnswerError` when there is nothing of a chat in it. */
export function readChat(bytes: Uint8Array, isWhole: boolean): ChatRead {
  // A character that the cut went through is left out with its event.
  const text = new TextDecoder().decode(bytes);
  const data = text.trimStart().startsWith("{") ? [text] : serverSentData(text, isWhole);
  if (data.length === 0)
    throw new UnreadableAnswerError("The answer is neither a stream of events nor JSON.");
  const chunks = data.filter((piece) => piece.trim() !== END).map((piece) => parseChunk(piece));
  const choices = chunks.flatMap((chunk) => chunk.choices?.slice(0, 1) ?? []);
  const finishReason = choices.findLast(
    ({ finish_reason: reason }) => typeof reason === "string",
  )?.finish_reason;
  const fault = chunks.map(({ error }) => wordsIn(error)).find((words) => words !== undefined);
  return {
    text: choices.map(({ delta, message }) => delta?.content ?? message?.content ?? "").join(""),
    model: chunks.map(({ model }) => model).find((model) => typeof model === "string"),
    finishReason: finishReason ?? undefined,
    usage: chunks.findLast(({ usage }) => usage !== undefined && usage !== null)?.usage,
    fault,
    isFinished: fault === undefined && (typeof finishReason === "string" || data.at(-1)?.trim() === END),
  };
}

function parseChunk(data: string): Static<typeof Chunk> {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch (error) {
    throw new UnreadableAnswerError("A piece of the answer is not JSON.", { cause: error });
  }
  if (Value.Check(Chunk, value)) return value;
  throw new UnreadableAnswerError("A piece of the answer is not as agreed.");
}
