import type { BlobRef, JsonObject } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { acceptRequest } from "../accept-request.ts";
import { createAnsweredRuns } from "../answered/answered-runs.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { checkRequest } from "../check-request.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { openSubmit } from "../http/submit-once.ts";
import { pictureOfBlob } from "../picture-of-blob.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { Provider, ProviderModel, ProviderRequest, RemoteRun } from "../provider.ts";
import { chargeOfUsage, tokenPricesIn } from "../said-usage.ts";
import { createSettingValues } from "../setting-values.ts";
import { GeminiParams } from "./gemini-params.ts";
import { geminiResult } from "./gemini-result.ts";
import { GEMINI_SETTINGS } from "./gemini-settings.ts";

const NAME = "Gemini";
const MODELS: readonly ProviderModel[] = [
  { id: "image", name: "Picture", kind: "image", params: GeminiParams, takesNegativePrompt: false },
];
const SUBMIT_TIMEOUT_MS = 10 * 60_000;

const ModelList = Type.Object({ models: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))) });

/** Pictures by Google's Gemini models: one request, and the bytes in its answer. */
export function createGeminiProvider(host: ProviderHost): Provider {
  const settings = createSettingValues(NAME, GEMINI_SETTINGS, host);
  const authorize = () => ({ "x-goog-api-key": settings.need("apiKey") });
  const api = createProviderApi({
    name: NAME,
    fetch: host.fetch,
    authorize,
    secrets: () => settings.secrets(),
  });
  const runs = createAnsweredRuns({ name: NAME, host, paid: true, understand });

  function understand(answer: KeptAnswer): Understood {
    // The owner's prices are those of the model in the settings, and of no other.
    return geminiResult(answer, (usage, model) => {
      const isPriced = model === settings.get("imageModel");
      const names = { input: "inputPrice", output: "outputPrice" };
      return chargeOfUsage(usage, isPriced ? tokenPricesIn(settings, names) : undefined);
    });
  }

  async function inline(blob: BlobRef | undefined): Promise<readonly JsonObject[]> {
    if (blob === undefined) return [];
    const { bytes, mime } = await pictureOfBlob(host, blob);
    return [{ inlineData: { mimeType: mime, data: Buffer.from(bytes).toString("base64") } }];
  }

  async function bodyOf(prompt: string, params: GeminiParams): Promise<JsonObject> {
    const { aspectRatio, imageSize, picture, reference, temperature, seed } = params;
    const imageConfig = {
      ...(aspectRatio !== undefined && { aspectRatio }),
      ...(imageSize !== undefined && { imageSize }),
    };
    const parts = [{ text: prompt }, ...(await inline(picture)), ...(await inline(reference))];
    return {
      contents: [{ role: "user", parts }],
      generationConfig: {
        responseModalities: ["TEXT", "IMAGE"],
        ...(Object.keys(imageConfig).length > 0 && { imageConfig }),
        ...(temperature !== undefined && { temperature }),
        ...(seed !== undefined && { seed }),
      },
    };
  }

  async function submit(request: ProviderRequest, signal: AbortSignal): Promise<RemoteRun> {
    signal.throwIfAborted();
    acceptRequest(MODELS, request);
    const params = Value.Decode(GeminiParams, request.params);
    const { model = settings.need("imageModel"), aspectRatio, imageSize, seed } = params;
    const headers = { ...authorize(), "content-type": "application/json" };
    const body = JSON.stringify(await bodyOf(request.prompt, params));
    return runs.submit({
      request,
      keep: {
        model,
        ...(aspectRatio !== undefined && { aspectRatio }),
        ...(imageSize !== undefined && { imageSize }),
        ...(seed !== undefined && { seed }),
      },
      signal,
      send: (submitSignal) =>
        openSubmit({
          name: NAME,
          fetch: host.fetch,
          secrets: settings.secrets(),
          url: `${settings.url("baseUrl")}/models/${encodeURIComponent(model)}:generateContent`,
          signal: submitSignal,
          init: { headers, body },
        }),
    });
  }

  return {
    capabilities: {
      id: "gemini",
      name: NAME,
      models: MODELS,
      settings: GEMINI_SETTINGS,
      paid: true,
      choosesOwnIds: false,
      answersWithResult: true,
      concurrency: 4,
      pollEveryMs: 1000,
      submitTimeoutMs: SUBMIT_TIMEOUT_MS,
    },
    check: (request) => checkRequest(MODELS, request),
    estimate: async () => ({ state: "unknown" }),
    submit,
    poll: async (remote) => runs.poll(remote),
    cancel: async (remote) => runs.cancel(remote),
    results: async (remote) => runs.results(remote),
    find: async (request) => runs.find(request),
    testConnection: async (signal) =>
      reportConnection(async () => {
        const url = `${settings.url("baseUrl")}/models?pageSize=200`;
        const { body } = await api.read(ModelList, { url, signal });
        const names = (body.models ?? []).map(({ name }) => name.replace(/^models\//, ""));
        const drawing = names.filter((name) => name.includes("image"));
        const which = drawing.length === 0 ? "" : ` For pictures: ${drawing.slice(0, 6).join(", ")}.`;
        return { detail: `The key is good for ${names.length} models.${which}` };
      }),
    forget: async (remote) => runs.forget(remote),
    watch: runs.watch,
    close: runs.close,
  };
}
