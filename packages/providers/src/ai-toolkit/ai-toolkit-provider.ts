import type { JsonObject } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { acceptRequest } from "../accept-request.ts";
import { checkRequest } from "../check-request.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ListedRun, Provider, ProviderRequest, RemoteRun, RunLines, RunState } from "../provider.ts";
import { createSettingValues } from "../setting-values.ts";
import {
  createTrainerJobs,
  isUnbegun,
  type LossPoint,
  mayExist,
  type TrainerJob,
} from "./ai-toolkit-jobs.ts";
import { AI_TOOLKIT_MODELS, TrainingParams } from "./ai-toolkit-params.ts";
import { AI_TOOLKIT_SETTINGS } from "./ai-toolkit-settings.ts";
import { consoleLines } from "./console-lines.ts";
import { jobConfig } from "./job-config.ts";
import { trainingResults } from "./training-results.ts";
import { uploadDataset } from "./upload-dataset.ts";

const NAME = "AI Toolkit";
const FREE = { state: "none" } as const;
const SUBMIT_TIMEOUT_MS = 60_000;
/** How far back the newest loss is looked for. */
const LOSS_WINDOW_STEPS = 50;

const Dataset = Type.Object({ datasetFolder: Type.String(), trainingFolder: Type.String() });

/** LoRA training by AI Toolkit on one's own graphics card. Jobs there have our ids for names. Costs nothing. */
export function createAiToolkitProvider(host: ProviderHost): Provider {
  const settings = createSettingValues(NAME, AI_TOOLKIT_SETTINGS, host);
  const base = () => settings.url("baseUrl");
  const gpu = () => settings.need("gpu");
  const api = createProviderApi({
    name: NAME,
    fetch: host.fetch,
    authorize,
    secrets: () => settings.secrets(),
  });
  const jobs = createTrainerJobs({ api, base });
  const submitting = new Map<string, Promise<RemoteRun>>();

  function authorize(): Record<string, string> {
    const token = settings.get("token");
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  const check = (request: ProviderRequest) => checkRequest(AI_TOOLKIT_MODELS, request);

  async function prepare(request: ProviderRequest, signal: AbortSignal): Promise<JsonObject> {
    acceptRequest(AI_TOOLKIT_MODELS, request);
    const { images, triggerWord } = Value.Decode(TrainingParams, request.params);
    const name = `safelight_${request.jobId}`;
    return { ...(await uploadDataset({ api, base: base(), host, name, images, triggerWord, signal })) };
  }

  async function send(
    request: ProviderRequest,
    prepared: JsonObject,
    signal: AbortSignal,
  ): Promise<RemoteRun> {
    const { jobId: name, prompt } = request;
    const known = await jobs.byName(name, signal);
    if (known !== undefined && !isUnbegun(known)) return { id: name, job: known.id };
    const params = Value.Decode(TrainingParams, request.params);
    const config = jobConfig({ ...Value.Decode(Dataset, prepared), name, prompt, params });
    const job = known?.id ?? (await create(name, config, signal));
    await jobs.start(job, gpu(), signal);
    return { id: name, job };
  }

  async function create(name: string, config: JsonObject, signal: AbortSignal): Promise<string> {
    try {
      return await jobs.create({ name, gpu: gpu(), config }, signal);
    } catch (error) {
      // Names are unique there: a refusal may be of a second job of this name.
      const twin = mayExist(error) ? await jobs.byName(name, signal) : undefined;
      if (twin === undefined) throw error;
      return twin.id;
    }
  }

  async function poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState> {
    const job = await jobs.get(remote, signal);
    // One that was never put into the queue is begun by the next submit.
    if (job === undefined || isUnbegun(job)) return { state: "missing" };
    switch (job.status) {
      case "completed":
        return { state: "succeeded", charge: FREE };
      case "error": {
        const message =
          job.info === undefined || job.info === "" ? "AI Toolkit says only that it failed." : job.info;
        return { state: "failed", charge: FREE, error: { code: "run.failed", message } };
      }
      case "stopped":
        return { state: "canceled", charge: FREE };
      case "queued":
        return { state: "queued", progress: 0 };
      default:
        return runningState(job, await newestLoss(job, signal));
    }
  }

  async function newestLoss(
    { id, step = 0 }: TrainerJob,
    signal: AbortSignal,
  ): Promise<LossPoint | undefined> {
    if (step < 1) return undefined;
    try {
      return (await jobs.loss(id, Math.max(0, step - LOSS_WINDOW_STEPS), signal)).at(-1);
    } catch (error) {
      // Good to know, and no reason to call the poll failed.
      if (error instanceof ProviderError) return undefined;
      throw error;
    }
  }

  async function readLines(remote: RemoteRun, after: number, signal: AbortSignal): Promise<RunLines> {
    const job = await jobs.get(remote, signal);
    if (job === undefined) return { lines: [], next: after };
    const { log, offset, reset } = await jobs.log(job.id, after, signal);
    // A console that was begun anew is read from its beginning, or from where its end begins when it is long.
    return consoleLines(log, reset ? Math.max(0, offset - Buffer.byteLength(log)) : after);
  }

  return {
    capabilities: {
      id: "ai-toolkit",
      name: NAME,
      models: AI_TOOLKIT_MODELS,
      settings: AI_TOOLKIT_SETTINGS,
      paid: false,
      choosesOwnIds: true,
      concurrency: 4,
      pollEveryMs: 5000,
      submitTimeoutMs: SUBMIT_TIMEOUT_MS,
    },
    check,
    estimate: async () => FREE,
    prepare,
    async submit(request, signal, extras = {}) {
      signal.throwIfAborted();
      acceptRequest(AI_TOOLKIT_MODELS, request);
      const underWay = submitting.get(request.jobId);
      if (underWay !== undefined) return underWay;
      const sent = (async () => {
        const prepared = extras.prepared ?? (await prepare(request, signal));
        return send(request, prepared, signal);
      })();
      submitting.set(request.jobId, sent);
      return sent.finally(() => submitting.delete(request.jobId));
    },
    poll,
    async cancel(remote, signal) {
      const job = await jobs.get(remote, signal);
      const isOver = job === undefined || ["completed", "error", "stopped"].includes(job.status);
      if (!isOver) await jobs.stop(job, signal);
    },
    async results(remote, signal) {
      const job = await jobs.get(remote, signal);
      if (job === undefined || isUnbegun(job))
        throw new ProviderError("run.missing", "AI Toolkit has no such job.");
      const results = job.status === "completed" ? await resultsOf(job, signal) : [];
      if (results.length === 0) throw new ProviderError("result.missing", "The training has no result.");
      return results;
    },
    readLines,
    async list(signal) {
      const trainings = (await jobs.list(signal)).filter(({ job_type: type = "train" }) => type === "train");
      return trainings.map(({ id, name, created_at: createdAt }): ListedRun => {
        const known = {
          remote: { id: name, job: id },
          kind: "training",
          model: "lora",
          prompt: name,
        } as const;
        return { ...known, ...(createdAt !== undefined && { createdAt }) };
      });
    },
    testConnection: async (signal) =>
      reportConnection(async () => {
        await api.read(Type.Unknown(), { url: `${base()}/api/auth`, signal });
        const { length } = await jobs.list(signal);
        return { detail: `AI Toolkit answers and has ${length} jobs.` };
      }),
    close: async () => undefined,
  };

  async function resultsOf(job: TrainerJob, signal: AbortSignal) {
    const [files, samples, loss] = await Promise.all([
      jobs.files(job.id, signal),
      jobs.samples(job.id, signal),
      jobs.loss(job.id, undefined, signal),
    ]);
    return trainingResults({
      name: job.name,
      files,
      samples,
      loss,
      details: { steps: job.step ?? 0, trainer: NAME },
      open: async (path, openSignal) =>
        (await host.download(jobs.fileUrl(path), openSignal, authorize())).body,
    });
  }
}

function runningState(job: TrainerJob, loss: LossPoint | undefined): RunState {
  const { step = 0, total_steps: total, info, speed_string: speed } = job;
  const parts = [
    typeof total === "number" && step > 0 ? `Step ${step} of ${total}` : info,
    loss === undefined ? undefined : `loss ${loss.value.toPrecision(3)}`,
    speed,
  ].filter((part) => part !== undefined && part !== "");
  const progress = typeof total === "number" && total > 0 ? Math.min(1, step / total) : 0;
  return { state: "running", progress, ...(parts.length > 0 && { step: parts.join(" · ") }) };
}
