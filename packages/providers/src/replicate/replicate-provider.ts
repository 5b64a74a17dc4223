import type { JsonObject } from "@safelight/shared";
import { acceptRequest } from "../accept-request.ts";
import { checkRequest, modelFor } from "../check-request.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { Provider, ProviderRequest } from "../provider.ts";
import { createSettingValues } from "../setting-values.ts";
import { ReplicateAccount, ReplicateModelInfo, ReplicateRun } from "./replicate-answers.ts";
import { createReplicateHistory } from "./replicate-history.ts";
import type { ReplicateModel } from "./replicate-model.ts";
import { REPLICATE_MODELS } from "./replicate-models.ts";
import { replicateResults } from "./replicate-results.ts";
import { createReplicateRuns } from "./replicate-runs.ts";
import { REPLICATE_SETTINGS } from "./replicate-settings.ts";
import { createReplicateUploads } from "./replicate-uploads.ts";
import { replicateRemote } from "./replicate-urls.ts";
import { createReplicateWebhook } from "./replicate-webhook.ts";

/** In what `prepare` made, the version of the trainer. No upload has this name. */
const TRAINER_VERSION = "trainer-version";
const MODEL_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*\/[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Replicate: predictions of models and versions, and trainings. */
export function createReplicateProvider(host: ProviderHost): Provider {
  const settings = createSettingValues("Replicate", REPLICATE_SETTINGS, host);
  const api = createProviderApi({
    name: "Replicate",
    fetch: host.fetch,
    authorize: () => ({ authorization: `Bearer ${settings.need("key")}` }),
    secrets: settings.secrets,
  });
  const runs = createReplicateRuns({ api, settings });
  const uploads = createReplicateUploads({ api, host, settings });
  const history = createReplicateHistory({ api, settings });

  const check = (request: ProviderRequest) =>
    checkRequest(REPLICATE_MODELS, request) ?? modelFor(REPLICATE_MODELS, request)?.check?.(request);

  /** `owner/name` of a setting. */
  function nameIn(setting: string, value: string): string {
    if (MODEL_NAME.test(value)) return value;
    const label = REPLICATE_SETTINGS.find(({ name }) => name === setting)?.label ?? setting;
    throw new ProviderError("provider.not-configured", `Replicate: ${label} must be like owner/name.`);
  }

  /** The trainer's version: the one of the settings, else the newest. */
  async function trainerVersion(signal: AbortSignal): Promise<string> {
    const [trainer = "", pinned] = settings.need("trainer").split(":");
    const url = `${settings.url("apiUrl")}/models/${nameIn("trainer", trainer)}`;
    if (pinned !== undefined) return pinned;
    const { body } = await api.read(ReplicateModelInfo, { url, signal });
    const version = body.latest_version?.id;
    if (version !== undefined) return version;
    throw new ProviderError("provider.not-configured", `Replicate: the trainer ${trainer} has no version.`);
  }

  async function prepare(request: ProviderRequest, signal: AbortSignal): Promise<JsonObject> {
    const model = acceptRequest(REPLICATE_MODELS, request, check);
    const prepared: Record<string, string> = {};
    if (model.target(request).by === "trainer") {
      nameIn("destination", settings.need("destination"));
      prepared[TRAINER_VERSION] = await trainerVersion(signal);
    }
    for (const upload of model.uploads(request)) {
      prepared[upload.name] ??= await uploads.send(upload, request.jobId, signal);
    }
    return prepared;
  }

  /** Where a run is created, and what its body says beside the input. */
  function creation(model: ReplicateModel, request: ProviderRequest, prepared: JsonObject) {
    const apiUrl = settings.url("apiUrl");
    const target = model.target(request);
    switch (target.by) {
      case "model":
        return { url: `${apiUrl}/models/${target.name}/predictions`, rest: {} };
      case "version":
        return { url: `${apiUrl}/predictions`, rest: { version: target.version } };
      case "trainer": {
        const [trainer = ""] = settings.need("trainer").split(":");
        const version = encodeURIComponent(preparedText(prepared, TRAINER_VERSION));
        return {
          url: `${apiUrl}/models/${nameIn("trainer", trainer)}/versions/${version}/trainings`,
          rest: { destination: nameIn("destination", settings.need("destination")) },
        };
      }
    }
  }

  return {
    capabilities: {
      id: "replicate",
      name: "Replicate",
      models: REPLICATE_MODELS.map(({ id, name, kind, params, takesNegativePrompt }) => ({
        id,
        name,
        kind,
        params,
        takesNegativePrompt,
      })),
      settings: REPLICATE_SETTINGS,
      paid: true,
      choosesOwnIds: false,
      concurrency: 8,
      pollEveryMs: 2000,
      submitTimeoutMs: 60_000,
    },
    check,
    // Replicate has no price list that can be asked.
    estimate: async () => ({ state: "unknown" }),
    prepare,
    async submit(request, signal, extras = {}) {
      signal.throwIfAborted();
      const model = acceptRequest(REPLICATE_MODELS, request, check);
      settings.need("key");
      const prepared = extras.prepared ?? (await prepare(request, signal));
      const { url, rest } = creation(model, request, prepared);
      // Replicate refuses a run for a webhook without TLS; without one the run is polled.
      const webhook = extras.webhookUrl?.startsWith("https:") === true ? extras.webhookUrl : undefined;
      const { body } = await api.submit(ReplicateRun, {
        url,
        json: {
          ...rest,
          input: model.input(request, (upload) => preparedText(prepared, upload)),
          ...(webhook !== undefined && { webhook, webhook_events_filter: ["completed"] }),
        },
        signal,
      });
      const kind = model.kind === "training" ? "training" : "prediction";
      return replicateRemote(body, kind, model, settings);
    },
    poll: async (remote, signal) => runs.poll(remote, signal),
    cancel: async (remote, signal) => runs.cancel(remote, signal),
    results: async (remote, signal) =>
      replicateResults(await runs.get(remote, signal), remote, { host, settings }),
    readLines: async (remote, after, signal) => runs.readLines(remote, after, signal),
    verifyWebhook: createReplicateWebhook({ api, host, settings }),
    list: async (signal) => history.list(signal),
    async find(request, submittedAt, signal) {
      return history.find(acceptRequest(REPLICATE_MODELS, request, check), request, submittedAt, signal);
    },
    testConnection: async (signal) =>
      reportConnection(async () => {
        const url = `${settings.url("apiUrl")}/account`;
        const { body } = await api.read(ReplicateAccount, { url, signal, attempts: 1 });
        return { detail: `Signed in as ${body.username}.` };
      }),
    close: async () => undefined,
  };
}

function preparedText(prepared: JsonObject, name: string): string {
  const value = prepared[name];
  if (typeof value === "string") return value;
  throw new ProviderError("request.invalid", "A file of this job was not sent to Replicate. Try again.");
}
