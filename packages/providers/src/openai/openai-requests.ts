import type { JsonObject } from "@safelight/shared";
import { Value } from "@sinclair/typebox/value";
import { pictureOfBlob } from "../picture-of-blob.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ProviderRequest } from "../provider.ts";
import { ChatParams, ImageParams } from "./openai-params.ts";

/** A call as it is sent, below the base address. */
export interface OpenaiCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData;
  /** What is written down of it before it leaves. */
  readonly keep: JsonObject;
}

export interface CallContext {
  readonly host: Pick<ProviderHost, "readBlob">;
  /** Where it goes: servers differ in what they accept. */
  readonly baseUrl: string;
  /** The model of the settings. */
  readonly model: string;
}

const JSON_HEADERS = { "content-type": "application/json" };

export async function chatCall(request: ProviderRequest, context: CallContext): Promise<OpenaiCall> {
  const params = Value.Decode(ChatParams, request.params);
  const { system, messages = [], temperature, maxTokens, json, seed, model = context.model } = params;
  const { hostname } = new URL(context.baseUrl);
  // OpenAI's newer models refuse the older name, other servers do not know the newer one.
  const limit = hostname === "api.openai.com" ? "max_completion_tokens" : "max_tokens";
  const body = {
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: "system", content: system }]),
      ...messages,
      { role: "user", content: await userContent(request.prompt, params, context) },
    ],
    stream: true,
    stream_options: { include_usage: true },
    ...(hostname === "openrouter.ai" && { usage: { include: true } }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { [limit]: maxTokens }),
    ...(json === true && { response_format: { type: "json_object" } }),
    ...(seed !== undefined && { seed }),
  };
  const headers = { ...JSON_HEADERS, accept: "text/event-stream" };
  return { path: "/chat/completions", headers, body: JSON.stringify(body), keep: { kind: "chat", model } };
}

async function userContent(prompt: string, { picture }: ChatParams, { host }: CallContext): Promise<unknown> {
  if (picture === undefined) return prompt;
  const { bytes, mime } = await pictureOfBlob(host, picture);
  const url = `data:${mime};base64,${Buffer.from(bytes).toString("base64")}`;
  return [
    { type: "text", text: prompt },
    { type: "image_url", image_url: { url } },
  ];
}

export async function imageCall(request: ProviderRequest, context: CallContext): Promise<OpenaiCall> {
  const params = Value.Decode(ImageParams, request.params);
  const { size, quality, background, count = 1, picture, model = context.model } = params;
  // These answer with base64 always, and refuse to be asked for it.
  const asksForBase64 = !/^(gpt|chatgpt)-image/.test(model);
  const fields: Readonly<Record<string, string | number>> = {
    model,
    prompt: request.prompt,
    n: count,
    ...(size !== undefined && { size }),
    ...(quality !== undefined && { quality }),
    ...(background !== undefined && { background }),
    ...(asksForBase64 && { response_format: "b64_json" }),
  };
  const details = {
    model,
    ...(size !== undefined && size !== "auto" && sizeDetails(size)),
    ...(quality !== undefined && { quality }),
  };
  const keep = { kind: "image", details };
  if (picture === undefined) {
    return { path: "/images/generations", headers: JSON_HEADERS, body: JSON.stringify(fields), keep };
  }
  const { bytes, mime } = await pictureOfBlob(context.host, picture);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  const name = mime === "image/png" ? "picture.png" : "picture.jpg";
  form.set("image", new Blob([Buffer.from(bytes)], { type: mime }), name);
  return { path: "/images/edits", headers: {}, body: form, keep };
}

function sizeDetails(size: string): JsonObject {
  const [width, height] = size.split("x").map(Number);
  return { width: width ?? 0, height: height ?? 0 };
}
