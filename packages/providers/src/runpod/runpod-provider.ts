import type { Json } from "@safelight/shared";
import { acceptRequest } from "../accept-request.ts";
import { checkRequest, modelFor } from "../check-request.ts";
import { slotsIn } from "../fill-slots.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import { keptSettings, type PictureSettings, pictureSettingsIn } from "../picture-settings.ts";
import type { Provider, ProviderRequest, ProviderResult, RemoteRun } from "../provider.ts";
import { resultName } from "../result-name.ts";
import { createSettingValues } from "../setting-values.ts";
import { runInBody } from "../webhooks/run-in-body.ts";
import { filesInOutput } from "./files-in-output.ts";
import { RunpodHealth, RunpodJob } from "./runpod-answers.ts";
import { RUNPOD_MODELS, type RunpodModel } from "./runpod-models.ts";
import { createRunpodRuns, endpointUrl } from "./runpod-runs.ts";
import { RUNPOD_SETTINGS } from "./runpod-settings.ts";
import { templateIn, workerInput } from "./worker-input.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** RunPod keeps the output of `/run` for half an hour. */
const KEPT_MS = 30 * MINUTE_MS;
const MAX_BODY_BYTES = 10 * 1000 * 1000;

/** RunPod serverless: endpoints of one's own, for pictures and for training. */
export function createRunpodProvider(host: ProviderHost): Provider {
  const settings = createSettingValues("RunPod", RUNPOD_SETTINGS, host);
  const api = createProviderApi({
    name: "RunPod",
    fetch: host.fetch,
    authorize: () => ({ authorization: `Bearer ${settings.need("key")}` }),
    secrets: settings.secrets,
  });
  const runs = createRunpodRuns({ api, settings });

  const check = (request: ProviderRequest) =>
    checkRequest(RUNPOD_MODELS, request) ?? modelFor(RUNPOD_MODELS, request)?.check(request);

  /** What the worker is sent, and what that says of how pictures are made. */
  async function inputOf(
    model: RunpodModel,
    request: ProviderRequest,
    signal: AbortSignal,
  ): Promise<{ readonly input: Json; readonly made: PictureSettings }> {
    const template = templateIn(settings.need(model.settings.input));
    if (template === undefined) {
      throw new ProviderError(
        "provider.not-configured",
        `RunPod: the input of ${model.id} is no JSON object.`,
      );
    }
    const names = new Set(slotsIn(template).keys());
    const values = await model.values(request, { host, names, signal });
    const made =
      model.kind === "image" ? pictureSettingsIn({ ...values, guidance_scale: values["guidance"] }) : {};
    return { input: workerInput(template, values), made };
  }

  /** How the run of a request is named once its id is known. */
  function remoteOf(model: RunpodModel, id: string, made: PictureSettings): RemoteRun {
    return { id, endpoint: settings.need(model.settings.endpoint), model: model.id, ...made };
  }

  /** How long the worker may take, and how long the job may exist: a day more, a week at most. */
  function policyOf(model: RunpodModel, request: ProviderRequest) {
    const executionTimeout = model.timeLimitMinutes(request) * MINUTE_MS;
    return { executionTimeout, ttl: Math.min(7 * DAY_MS, executionTimeout + DAY_MS) };
  }

  return {
    capabilities: {
      id: "runpod",
      name: "RunPod",
      models: RUNPOD_MODELS.map(({ id, name, kind, params, takesNegativePrompt }) => ({
        id,
        name,
        kind,
        params,
        ...(takesNegativePrompt !== undefined && { takesNegativePrompt }),
      })),
      settings: RUNPOD_SETTINGS,
      paid: true,
      choosesOwnIds: false,
      concurrency: 4,
      pollEveryMs: 3000,
      submitTimeoutMs: 120_000,
    },
    check,
    // What a run will take is not known before it has.
    estimate: async () => ({ state: "unknown" }),
    async submit(request, signal, extras = {}) {
      signal.throwIfAborted();
      const model = acceptRequest(RUNPOD_MODELS, request, check);
      settings.need("key");
      const endpoint = endpointUrl(settings, settings.need(model.settings.endpoint));
      const { input, made } = await inputOf(model, request, signal);
      const body = JSON.stringify({
        input,
        policy: policyOf(model, request),
        ...(extras.webhookUrl !== undefined && { webhook: extras.webhookUrl }),
      });
      if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
        throw new ProviderError("request.invalid", "RunPod takes 10 MB in a request, and this one has more.");
      }
      const { body: job } = await api.submit(RunpodJob, {
        url: `${endpoint}/run`,
        body,
        headers: { "content-type": "application/json" },
        signal,
      });
      return remoteOf(model, job.id, made);
    },
    poll: async (remote, signal) => runs.poll(remote, signal),
    cancel: async (remote, signal) => runs.cancel(remote, signal),
    async results(remote, signal) {
      const job = await runs.get(remote, signal);
      if (job.status !== "COMPLETED") throw new ProviderError("result.missing", "The run has no results.");
      return runpodResults(job, { model: job.place.model, made: keptSettings(remote) }, host);
    },
    // RunPod signs nothing: the address of the webhook is the secret, and the body only says where to look.
    verifyWebhook: async (_headers, rawBody) => runInBody(rawBody, "id"),
    async named(request, runId) {
      const model = acceptRequest(RUNPOD_MODELS, request, check);
      const { made } =
        model.kind === "image" ? await inputOf(model, request, new AbortController().signal) : { made: {} };
      return remoteOf(model, runId, made);
    },
    testConnection: async (signal) =>
      reportConnection(async () => {
        const endpoints = RUNPOD_MODELS.flatMap((model) => settings.get(model.settings.endpoint) ?? []);
        settings.need("key");
        if (endpoints.length === 0) settings.need("generationEndpoint");
        const words: string[] = [];
        for (const endpoint of endpoints) {
          const url = `${endpointUrl(settings, endpoint)}/health`;
          const { body } = await api.read(RunpodHealth, { url, signal, attempts: 1 });
          const idle = countIn(body.workers, "idle");
          const running = countIn(body.workers, "running");
          const waiting = countIn(body.jobs, "inQueue");
          words.push(`${endpoint}: ${idle} workers idle, ${running} at work, ${waiting} jobs waiting`);
        }
        return { detail: `${words.join("; ")}.` };
      }),
    close: async () => undefined,
  };
}

function runpodResults(
  job: RunpodJob,
  { model, made }: { readonly model: string; readonly made: PictureSettings },
  host: Pick<ProviderHost, "download" | "now">,
): readonly ProviderResult[] {
  const kind = model === "training" ? "training" : "image";
  const files = filesInOutput(job.output, kind);
  if (files.length === 0) throw new ProviderError("result.missing", "The worker's output names no file.");
  const expiresAt = host.now() + KEPT_MS;
  return files.map(({ type, content, mime, fileName }, index) => ({
    name: resultName({ stem: `runpod-${kind}`, index, type, mime, fileName }),
    type,
    details: type === "image" ? made : {},
    expiresAt,
    open: async (signal) =>
      "url" in content ? (await host.download(content.url, signal)).body : once(content.bytes),
  }));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function countIn(counts: Readonly<Record<string, unknown>> | undefined, name: string): number {
  const count = counts?.[name];
  return typeof count === "number" ? count : 0;
}
