import type { ProviderResult } from "@safelight/providers";
import type { BlobRef, JsonObject } from "@safelight/shared";
import { type Store, StoreError } from "@safelight/store";
import { inspectMedia } from "../../media/inspect-media.ts";
import { readPictureSize } from "../../media/picture-size.ts";
import { ProblemError } from "../../problem-error.ts";
import { isSafetensors } from "./is-safetensors.ts";

/** A result whose bytes are on disk and are what they should be. */
export type FetchedResult =
  | {
      readonly as: "content";
      readonly type: "image" | "video";
      readonly details: JsonObject;
      readonly blob: BlobRef;
    }
  | { readonly as: "model"; readonly details: JsonObject; readonly blob: BlobRef }
  | { readonly as: "file"; readonly blob: BlobRef }
  | { readonly as: "text"; readonly text: string; readonly details: JsonObject };

/** Bytes that are not what their provider said: worth another try. */
export class ResultDamagedError extends Error {
  override readonly name = "ResultDamagedError";
}

/** Longest answer in words that a job's record takes, in characters; a longer one becomes a file. */
const MAX_OUTPUT = 100_000;

export interface FetchOptions {
  readonly store: Pick<Store, "blobs">;
  readonly signal: AbortSignal;
  /** Most pixels of a picture that is decoded to its end. */
  readonly maxPixels: number;
  /** Keep the bytes as they are, whatever they should have been: something was paid for them. */
  readonly isLastTry: boolean;
}

/** Downloads one result, durably, and checks its bytes. Rejects with a `ResultDamagedError` for wrong ones. */
export async function fetchResult(result: ProviderResult, options: FetchOptions): Promise<FetchedResult> {
  const { store, signal } = options;
  const blob = await writeBlob(result, options);
  switch (result.type) {
    case "image":
    case "video": {
      const media = await mediaOf(store, blob, options.maxPixels);
      if (media !== undefined) return { as: "content", details: result.details, ...media };
      return keepOrRefuse(result, blob, options);
    }
    case "lora":
      if (await isSafetensors(await store.blobs.read(blob.sha256, { start: 0, end: 1023 }))) {
        return { as: "model", details: result.details, blob };
      }
      return keepOrRefuse(result, blob, options);
    case "text": {
      const text = textOf(await store.blobs.bytes(blob.sha256));
      signal.throwIfAborted();
      return text === undefined ? { as: "file", blob } : { as: "text", text, details: result.details };
    }
    case "file":
      return { as: "file", blob };
  }
}

async function writeBlob(
  result: ProviderResult,
  { store, signal, isLastTry }: FetchOptions,
): Promise<BlobRef> {
  const expected = result.sha256 === undefined || isLastTry ? {} : { sha256: result.sha256 };
  try {
    return await store.blobs.write(await result.open(signal), { name: result.name, signal, ...expected });
  } catch (error) {
    const isDamage =
      error instanceof StoreError && (error.code === "blob.mismatch" || error.code === "blob.empty");
    if (!isDamage) throw error;
    throw new ResultDamagedError(`${result.name} did not arrive whole.`, { cause: error });
  }
}

/** A picture or clip by its own bytes; `undefined` for anything else and for a picture that is cut off. */
async function mediaOf(
  store: Pick<Store, "blobs">,
  blob: BlobRef,
  maxPixels: number,
): Promise<{ readonly type: "image" | "video"; readonly blob: BlobRef } | undefined> {
  const bytes = await store.blobs.bytes(blob.sha256);
  try {
    const { kind, size } = await inspectMedia(bytes, { maxPixels, path: "" });
    return { type: kind, blob: { ...blob, ...size } };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // Larger than is decoded here, and a picture by its header: it was paid for, so it is taken.
    const size = error.code === "picture.too-large" ? await readPictureSize(bytes) : undefined;
    return size === undefined ? undefined : { type: "image", blob: { ...blob, ...size } };
  }
}

function keepOrRefuse(result: ProviderResult, blob: BlobRef, { isLastTry }: FetchOptions): FetchedResult {
  if (isLastTry) return { as: "file", blob };
  throw new ResultDamagedError(`${result.name} is not the ${result.type} that it should be.`);
}

/** `undefined` for what is not UTF-8 or too long for a record. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.length > MAX_OUTPUT ? undefined : text;
  } catch {
    // Not text: it is kept as the bytes that it is.
    return undefined;
  }
}
