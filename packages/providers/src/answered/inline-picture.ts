import type { JsonObject } from "@safelight/shared";
import { UnreadableAnswerError } from "../http/parse-answer.ts";
import type { ProviderResult } from "../provider.ts";

const CHUNK_BYTES = 64 * 1024;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** Bytes that came as base64, with or without a `data:` prefix. Throws `UnreadableAnswerError` for anything else. */
export function decodeBase64(text: string): Uint8Array {
  const comma = text.startsWith("data:") ? text.indexOf(",") + 1 : 0;
  const encoded = text.slice(comma);
  if (!BASE64.test(encoded)) throw new UnreadableAnswerError("A picture is not base64.");
  return Buffer.from(encoded, "base64");
}

/** A result whose bytes came with the answer. */
export function inlineResult(result: {
  readonly name: string;
  readonly type: ProviderResult["type"];
  readonly details: JsonObject;
  readonly bytes: Uint8Array | (() => Promise<Uint8Array>);
}): ProviderResult {
  const { bytes, ...rest } = result;
  return {
    ...rest,
    async open(signal) {
      signal.throwIfAborted();
      return chunksOf(typeof bytes === "function" ? await bytes() : bytes);
    },
  };
}

/** The ending of a picture's name, by its first bytes. */
export function pictureExtension(bytes: Uint8Array): "png" | "jpg" | "webp" {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "jpg";
  return Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "RIFF" ? "webp" : "png";
}

async function* chunksOf(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.byteLength; start += CHUNK_BYTES) {
    yield file.subarray(start, start + CHUNK_BYTES);
  }
}
