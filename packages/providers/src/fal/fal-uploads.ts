import type { ProviderApi } from "../http/provider-api.ts";
import { controlUrl } from "../http/control-url.ts";
import { readAnswer, type ReadCall } from "../http/read-answer.ts";
import type { Answer } from "../http/answer.ts";
import { parseAnswer, UnreadableAnswerError } from "../http/parse-answer.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { SettingValues } from "../setting-values.ts";
import { makeTrainingZip } from "../training/training-zip.ts";
import { FalPart, FalUploadSlot } from "./fal-answers.ts";
import type { FalUpload } from "./fal-model.ts";

/** Above this many bytes an upload goes in parts; fal's client draws the line there. */
const MULTIPART_OVER_BYTES = 90 * 1024 * 1024;
const PART_BYTES = 10 * 1024 * 1024;
const UPLOAD_TIMEOUT_MS = 10 * 60_000;
const STORAGE = "storage_type=fal-cdn-v3";

export interface FalUploadsOptions {
  readonly api: ProviderApi;
  readonly host: ProviderHost;
  readonly settings: SettingValues;
  readonly multipartOverBytes?: number;
  readonly partBytes?: number;
}

interface FileToSend {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly mime: string;
}

/** Sends inputs to fal's storage, which is free and may be done again. Resolves with the file's address there. */
export function createFalUploads(options: FalUploadsOptions) {
  const { api, host, settings } = options;
  const { multipartOverBytes = MULTIPART_OVER_BYTES, partBytes = PART_BYTES } = options;

  async function read(upload: FalUpload, jobId: string, signal: AbortSignal): Promise<FileToSend> {
    if ("images" in upload) {
      const { images, triggerWord } = upload;
      const bytes = await makeTrainingZip({
        images,
        triggerWord,
        readBlob: async (sha256) => host.readBlob(sha256),
        signal,
      });
      // The name helps to know the run again by its input.
      return { bytes, name: `${jobId}.zip`, mime: "application/zip" };
    }
    const { sha256, mime, name = sha256.slice(0, 16) } = upload.blob;
    return { bytes: await host.readBlob(sha256), name, mime };
  }

  async function slotFor(file: FileToSend, path: string, signal: AbortSignal) {
    const url = `${settings.url("restUrl")}/storage/upload/${path}?${STORAGE}`;
    const json = { content_type: file.mime, file_name: file.name };
    const { body } = await api.read(FalUploadSlot, { url, method: "POST", json, signal });
    return body;
  }

  /** A request to a signed address. The key goes along only to the host that the settings name for it. */
  function call(url: string, init: Omit<RequestInit, "signal">, signal: AbortSignal): ReadCall {
    const isOurs = controlUrl(url, [settings.url("cdnUrl"), settings.url("restUrl")]) !== undefined;
    const key = isOurs ? { authorization: `Key ${settings.need("key")}` } : undefined;
    return {
      fetch: host.fetch,
      name: "fal",
      secrets: settings.secrets(),
      url,
      init: { ...init, headers: { ...key, ...(init.headers as Record<string, string>) } },
      timeoutMs: UPLOAD_TIMEOUT_MS,
      signal,
    };
  }

  async function sendWhole(file: FileToSend, signal: AbortSignal): Promise<string> {
    const slot = await slotFor(file, "initiate", signal);
    const headers = { "content-type": file.mime };
    await readAnswer(call(slot.upload_url, { method: "PUT", body: bodyOf(file.bytes), headers }, signal));
    return slot.file_url;
  }

  async function sendParts(file: FileToSend, signal: AbortSignal): Promise<string> {
    const slot = await slotFor(file, "initiate-multipart", signal);
    if (!URL.canParse(slot.upload_url)) {
      throw new ProviderError("provider.answer-invalid", "fal gave no address to upload to.");
    }
    const { origin, pathname, search } = new URL(slot.upload_url);
    const at = (step: string | number) => `${origin}${pathname}/${step}${search}`;
    const parts: { partNumber: number; etag: string }[] = [];
    for (let start = 0; start < file.bytes.byteLength; start += partBytes) {
      const partNumber = parts.length + 1;
      const body = bodyOf(file.bytes.subarray(start, start + partBytes));
      const headers = { "content-type": "application/octet-stream" };
      const answer = await readAnswer(call(at(partNumber), { method: "PUT", body, headers }, signal));
      parts.push({ partNumber, etag: etagOf(answer) });
    }
    const headers = { "content-type": "application/json" };
    await readAnswer(
      call(at("complete"), { method: "POST", body: JSON.stringify({ parts }), headers }, signal),
    );
    return slot.file_url;
  }

  return {
    async send(upload: FalUpload, jobId: string, signal: AbortSignal): Promise<string> {
      const file = await read(upload, jobId, signal);
      return file.bytes.byteLength > multipartOverBytes ? sendParts(file, signal) : sendWhole(file, signal);
    },
  };
}

/** What confirms a part. fal's client reads it from the body; storage that speaks S3 has it in a header. */
function etagOf(answer: Answer): string {
  const header = answer.headers.get("etag");
  if (header !== null) return header;
  try {
    const { etag } = parseAnswer(answer.bytes, FalPart);
    if (etag !== undefined) return etag;
  } catch (error) {
    if (!(error instanceof UnreadableAnswerError)) throw error;
  }
  throw new ProviderError("provider.answer-invalid", "fal did not confirm a part of an upload.");
}

/** `fetch` takes bytes over memory that is not shared. */
function bodyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}
