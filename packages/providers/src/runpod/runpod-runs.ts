import type { Charge } from "@safelight/shared";
import { isRecord } from "../http/is-record.ts";
import type { ProviderApi } from "../http/provider-api.ts";
import { redact } from "../http/redact.ts";
import { wordsIn } from "../http/words-of.ts";
import { ProviderError } from "../provider-error.ts";
import type { RemoteRun, RunState } from "../provider.ts";
import { priceIn } from "../said-usage.ts";
import type { SettingValues } from "../setting-values.ts";
import { RunpodJob } from "./runpod-answers.ts";
import { RUNPOD_MODELS } from "./runpod-models.ts";

/** Outputs carry whole pictures. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const UNKNOWN: Charge = { state: "unknown" };

/** An endpoint, and the model of ours that it does the work of. */
interface Place {
  readonly endpoint: string;
  readonly model: string;
}

/** A job and where it was found. */
type FoundJob = RunpodJob & { readonly place: Place };

/** How jobs stand at RunPod, and their end before time. */
export function createRunpodRuns({
  api,
  settings,
}: {
  readonly api: ProviderApi;
  readonly settings: SettingValues;
}) {
  /** Where a run can be. One that a webhook named says no more than its id: then every endpoint is asked. */
  function placesOf(remote: RemoteRun): readonly Place[] {
    const { endpoint, model } = remote;
    if (typeof endpoint === "string") return [{ endpoint, model: String(model) }];
    return RUNPOD_MODELS.flatMap(({ id, settings: names }) => {
      const configured = settings.get(names.endpoint);
      return configured === undefined ? [] : [{ endpoint: configured, model: id }];
    });
  }

  /** Calls each place where the run can be until one knows it. */
  async function atPlace<T>(
    remote: RemoteRun,
    call: "status" | "cancel",
    send: (url: string, place: Place) => Promise<T>,
  ): Promise<T> {
    for (const place of RUN_ID.test(remote.id) ? placesOf(remote) : []) {
      try {
        const url = `${endpointUrl(settings, place.endpoint)}/${call}/${encodeURIComponent(remote.id)}`;
        return await send(url, place);
      } catch (error) {
        if (!(error instanceof ProviderError && error.code === "run.missing")) throw error;
      }
    }
    throw new ProviderError("run.missing", "No endpoint of RunPod's knows this run.");
  }

  /** The time that the worker took, at the price that the owner gave; unknown without one. */
  function chargeOf({ executionTime, place }: FoundJob): Charge {
    const model = RUNPOD_MODELS.find(({ id }) => id === place.model);
    const price = usdPerSecond(settings, model?.settings.usdPerSecond);
    if (price === undefined || typeof executionTime !== "number" || executionTime < 0) return UNKNOWN;
    return { state: "estimated", usd: Math.round(executionTime * price * 1000) / 1_000_000 };
  }

  function stateOf(job: FoundJob): RunState {
    switch (job.status) {
      case "IN_QUEUE":
        return { state: "queued", progress: 0, step: "Waiting for a worker at RunPod" };
      case "IN_PROGRESS":
        return { state: "running", ...progressIn(job.output) };
      case "COMPLETED":
        return completedState(job);
      case "CANCELLED":
        return { state: "canceled", charge: chargeOf(job) };
      case "TIMED_OUT": {
        const message = "RunPod stopped the worker at its time limit. Give it more time.";
        return { state: "failed", error: { code: "run.timed-out", message }, charge: chargeOf(job) };
      }
      case "FAILED":
        return failedState(job, wordsIn(parsed(job.error)) ?? "RunPod gives no reason.");
      default:
        throw new ProviderError("provider.answer-invalid", `RunPod: a run is "${job.status.slice(0, 50)}".`);
    }
  }

  /** Some workers report their failure as their output. */
  function completedState(job: FoundJob): RunState {
    const { output } = job;
    const words = isRecord(output) && Object.keys(output).length <= 2 ? wordsIn(output["error"]) : undefined;
    if (words !== undefined) return failedState(job, words);
    return { state: "succeeded", charge: chargeOf(job) };
  }

  function failedState(job: FoundJob, words: string): RunState {
    const message = redact(words.slice(0, 2000), settings.secrets());
    return { state: "failed", error: { code: "run.failed", message }, charge: chargeOf(job) };
  }

  async function get(remote: RemoteRun, signal: AbortSignal): Promise<FoundJob> {
    return atPlace(remote, "status", async (url, place) => {
      const call = { url, signal, missing: "run.missing", maxBytes: MAX_ANSWER_BYTES } as const;
      return { ...(await api.read(RunpodJob, call)).body, place };
    });
  }

  return {
    get,
    async poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState> {
      try {
        return stateOf(await get(remote, signal));
      } catch (error) {
        if (error instanceof ProviderError && error.code === "run.missing") return { state: "missing" };
        throw error;
      }
    },
    async cancel(remote: RemoteRun, signal: AbortSignal): Promise<void> {
      // A job that has ended is as good as canceled: the poll that follows says how it ended.
      const rest = { method: "POST", signal, missing: "run.missing", accept: [400, 409] } as const;
      await atPlace(remote, "cancel", async (url) => api.readRaw({ url, ...rest }));
    },
  };
}

/** An id goes into an address: dots and slashes would lead elsewhere. */
const RUN_ID = /^[A-Za-z0-9_-]{1,200}$/;
const ENDPOINT_ID = /^[A-Za-z0-9_-]+$/;

/** Where an endpoint is called. Throws `provider.not-configured` for what is no endpoint's id. */
export function endpointUrl(settings: SettingValues, endpoint: string): string {
  if (ENDPOINT_ID.test(endpoint)) return `${settings.url("apiUrl")}/${endpoint}`;
  throw new ProviderError("provider.not-configured", "RunPod: an endpoint is given by its id alone.");
}

/** The owner's price; `undefined` when none is given. */
function usdPerSecond(settings: SettingValues, setting: string | undefined): number | undefined {
  return setting === undefined ? undefined : priceIn(settings.get(setting));
}

/** Workers may report progress as they like: a number, a share or a text. */
function progressIn(output: unknown): { readonly progress: number; readonly step?: string } {
  const told = isRecord(output) ? (output["progress"] ?? output["percent"]) : output;
  if (typeof told === "number" && told >= 0) return { progress: Math.min(1, told > 1 ? told / 100 : told) };
  const step = typeof told === "string" ? told : wordsIn(output);
  const percent = /(\d{1,3}(?:\.\d+)?)\s?%/.exec(step ?? "")?.[1];
  const progress = percent === undefined ? 0 : Math.min(1, Number(percent) / 100);
  return { progress, ...(step !== undefined && step !== "" && { step: step.slice(0, 200) }) };
}

/** RunPod wraps a worker's exception in JSON that is text. */
function parsed(error: unknown): unknown {
  if (typeof error !== "string" || !error.startsWith("{")) return error;
  try {
    const inner: unknown = JSON.parse(error);
    return isRecord(inner) ? (inner["error_message"] ?? inner) : inner;
  } catch {
    // Plain words that happen to begin so.
    return error;
  }
}
