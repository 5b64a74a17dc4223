import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

/** Bytes that are no JSON, or JSON of another shape than agreed. */
export class UnreadableAnswerError extends Error {
  override readonly name = "UnreadableAnswerError";
}

/** The JSON of an answer, checked against its schema. Rejects with `UnreadableAnswerError`. The content type is not believed. */
export function parseAnswer<S extends TSchema>(bytes: Uint8Array, schema: S): Static<S> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new UnreadableAnswerError("The answer is not JSON.", { cause: error });
  }
  if (Value.Check(schema, value)) return value;
  const fault = Value.Errors(schema, value).First();
  throw new UnreadableAnswerError(
    `The answer is not as agreed at ${fault?.path ?? "/"}: ${fault?.message ?? "unknown"}.`,
  );
}
