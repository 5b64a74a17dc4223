import type { JsonObject } from "@safelight/shared";
import { acceptRequest } from "../accept-request.ts";
import { checkRequest, modelFor } from "../check-request.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import { pictureSettingsIn } from "../picture-settings.ts";
import type { Provider, ProviderRequest } from "../provider.ts";
import { createSettingValues } from "../setting-values.ts";
import { FalPrices, FalQueued } from "./fal-answers.ts";
import { createFalHistory } from "./fal-history.ts";
import type { FalModel } from "./fal-model.ts";
import { FAL_MODELS } from "./fal-models.ts";
import { createFalPrices } from "./fal-prices.ts";
import { falResults } from "./fal-results.ts";
import { createFalRuns } from "./fal-runs.ts";
import { FAL_SETTINGS } from "./fal-settings.ts";
import { createFalUploads, type FalUploadsOptions } from "./fal-uploads.ts";
import { falRemote } from "./fal-urls.ts";
import { createFalWebhook } from "./fal-webhook.ts";

/** How long fal is asked to keep what a run made. */
const KEEP_RESULTS_S = 7 * 24 * 60 * 60;

export type FalProviderOptions = Pick<FalUploadsOptions, "multipartOverBytes" | "partBytes">;

/** fal.ai by its queue. */
export function createFalProvider(host: ProviderHost, options: FalProviderOptions = {}): Provider {
  const settings = createSettingValues("fal", FAL_SETTINGS, host);
  const api = createProviderApi({
    name: "fal",
    fetch: host.fetch,
    authorize: () => ({ authorization: `Key ${settings.need("key")}` }),
    secrets: settings.secrets,
  });
  const prices = createFalPrices({ api, settings, now: () => host.now() });
  const runs = createFalRuns({ api, settings, prices });
  const uploads = createFalUploads({ api, host, settings, ...options });
  const history = createFalHistory({ api, settings });

  const check = (request: ProviderRequest) =>
    checkRequest(FAL_MODELS, request) ?? modelFor(FAL_MODELS, request)?.check?.(request);

  async function prepare(request: ProviderRequest, signal: AbortSignal): Promise<JsonObject> {
    const model = acceptRequest(FAL_MODELS, request, check);
    const urls: Record<string, string> = {};
    for (const upload of model.uploads(request)) {
      urls[upload.name] ??= await uploads.send(upload, request.jobId, signal);
    }
    return urls;
  }

  function submitUrl(model: FalModel, webhookUrl: string | undefined): string {
    const query = webhookUrl === undefined ? "" : `?fal_webhook=${encodeURIComponent(webhookUrl)}`;
    return `${settings.url("queueUrl")}/${model.id}${query}`;
  }

  return {
    capabilities: {
      id: "fal",
      name: "fal.ai",
      models: FAL_MODELS.map(({ id, name, kind, params, takesNegativePrompt }) => ({
        id,
        name,
        kind,
        params,
        takesNegativePrompt,
      })),
      settings: FAL_SETTINGS,
      paid: true,
      choosesOwnIds: false,
      concurrency: 8,
      pollEveryMs: 2000,
      submitTimeoutMs: 60_000,
    },
    check,
    async estimate(request) {
      const model = modelFor(FAL_MODELS, request);
      if (model === undefined || check(request) !== undefined) return { state: "unknown" };
      return prices.estimate(model, request);
    },
    prepare,
    async submit(request, signal, extras = {}) {
      signal.throwIfAborted();
      const model = acceptRequest(FAL_MODELS, request, check);
      settings.need("key");
      const prepared = extras.prepared ?? (await prepare(request, signal));
      const input = model.input(request, (upload) => addressIn(prepared, upload));
      const { body } = await api.submit(FalQueued, {
        url: submitUrl(model, extras.webhookUrl),
        json: input,
        headers: {
          // Kept, a run can be found again by its input, and its result outlives a long pause of ours.
          "x-fal-store-io": "1",
          "x-fal-object-lifecycle-preference": JSON.stringify({
            expiration_duration_seconds: KEEP_RESULTS_S,
          }),
        },
        signal,
      });
      const { request_id: id, status_url: status, response_url: response, cancel_url: cancel } = body;
      const remote = falRemote(id, model.id, { status, response, cancel }, settings);
      return { ...remote, ...pictureSettingsIn(input) };
    },
    poll: async (remote, signal) => runs.poll(remote, signal),
    cancel: async (remote, signal) => runs.cancel(remote, signal),
    results: async (remote, signal) => falResults(await runs.output(remote, signal), remote, host),
    readLines: async (remote, after, signal) => runs.readLines(remote, after, signal),
    verifyWebhook: createFalWebhook({ host, settings }),
    list: async (signal) => history.list(FAL_MODELS, signal),
    async find(request, submittedAt, signal) {
      return history.find(acceptRequest(FAL_MODELS, request, check), request, submittedAt, signal);
    },
    testConnection: async (signal) =>
      reportConnection(async () => {
        const [model] = FAL_MODELS;
        const url = `${settings.url("apiUrl")}/models/pricing?endpoint_id=${encodeURIComponent(model?.id ?? "")}`;
        await api.read(FalPrices, { url, signal, attempts: 1 });
        return { detail: "fal accepts the key." };
      }),
    close: async () => undefined,
  };
}

function addressIn(prepared: JsonObject, upload: string): string {
  const url = prepared[upload];
  if (typeof url === "string") return url;
  throw new ProviderError("request.invalid", "A file of this job was not sent to fal. Try again.");
}
