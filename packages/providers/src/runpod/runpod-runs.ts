import type { Charge } from "@safelight/shared";
import { isRecord } from "../http/is-record.ts";
import type { ProviderApi } from "../http/provider-api.ts";
import { redact } from "../http/redact.ts";
import { wordsIn } from "../http/words-of.ts";
import { ProviderError } from "../provider-error.ts";
import type { RemoteRun, RunState } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import { RunpodJob } from "./runpod-answers.ts";
import { RUNPOD_MODELS } from "./runpod-models.ts";

/** Outputs carry whole pictures. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const UNKNOWN: Charge = { state: "unknown" };

/** How jobs stand at RunPod, and their end before time. */
export function createRunpodRuns({
  api,
  settings,
}: {
  readonly api: ProviderApi;
  readonly settings: SettingValues;
}) {
  function urlOf(remote: RemoteRun, call: "status" | "cancel"): string {
    const { endpoint } = remote;
    if (typeof endpoint !== "string") {
      throw new ProviderError("run.missing", "RunPod: the run does not say which endpoint it is at.");
    }
    return `${endpointUrl(settings, endpoint)}/${call}/${encodeURIComponent(remote.id)}`;
  }

  /** The time that the worker took, at the price that the owner gave; unknown without one. */
  function chargeOf(remote: RemoteRun, { executionTime }: RunpodJob): Charge {
    const model = RUNPOD_MODELS.find(({ id }) => id === remote["model"]);
    const price = usdPerSecond(settings, model?.settings.usdPerSecond);
    if (price === undefined || typeof executionTime !== "number" || executionTime < 0) return UNKNOWN;
    return { state: "estimated", usd: Math.round(executionTime * price * 1000) / 1_000_000 };
  }

  function stateOf(remote: RemoteRun, job: RunpodJob): RunState {
    switch (job.status) {
      case "IN_QUEUE":
        return { state: "queued", progress: 0, step: "Waiting for a worker at RunPod" };
      case "IN_PROGRESS":
        return { state: "running", ...progressIn(job.output) };
      case "COMPLETED":
        return completedState(remote, job);
      case "CANCELLED":
        return { state: "canceled", charge: chargeOf(remote, job) };
      case "TIMED_OUT": {
        const message = "RunPod stopped the worker at its time limit. Give it more time.";
        return { state: "failed", error: { code: "run.timed-out", message }, charge: chargeOf(remote, job) };
      }
      case "FAILED":
        return failedState(remote, job, wordsIn(parsed(job.error)) ?? "RunPod gives no reason.");
      default:
        throw new ProviderError("provider.answer-invalid", `RunPod: a run is "${job.status.slice(0, 50)}".`);
    }
  }

  /** Some workers report their failure as their output. */
  function completedState(remote: RemoteRun, job: RunpodJob): RunState {
    const { output } = job;
    const words = isRecord(output) && Object.keys(output).length <= 2 ? wordsIn(output["error"]) : undefined;
    if (words !== undefined) return failedState(remote, job, words);
    return { state: "succeeded", charge: chargeOf(remote, job) };
  }

  function failedState(remote: RemoteRun, job: RunpodJob, words: string): RunState {
    const message = redact(words.slice(0, 2000), settings.secrets());
    return { state: "failed", error: { code: "run.failed", message }, charge: chargeOf(remote, job) };
  }

  async function get(remote: RemoteRun, signal: AbortSignal): Promise<RunpodJob> {
    const url = urlOf(remote, "status");
    const call = { url, signal, missing: "run.missing", maxBytes: MAX_ANSWER_BYTES } as const;
    return (await api.read(RunpodJob, call)).body;
  }

  return {
    get,
    async poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState> {
      try {
        return stateOf(remote, await get(remote, signal));
      } catch (error) {
        if (error instanceof ProviderError && error.code === "run.missing") return { state: "missing" };
        throw error;
      }
    },
    async cancel(remote: RemoteRun, signal: AbortSignal): Promise<void> {
      const url = urlOf(remote, "cancel");
      // A job that has ended is as good as canceled: the poll that follows says how it ended.
      await api.readRaw({ url, method: "POST", signal, missing: "run.missing", accept: [400, 409] });
    },
  };
}

const ENDPOINT_ID = /^[A-Za-z0-9_-]+$/;

/** Where an endpoint is called. Throws `provider.not-configured` for what is no endpoint's id. */
export function endpointUrl(settings: SettingValues, endpoint: string): string {
  if (ENDPOINT_ID.test(endpoint)) return `${settings.url("apiUrl")}/${endpoint}`;
  throw new ProviderError("provider.not-configured", "RunPod: an endpoint is given by its id alone.");
}

/** The owner's price; `undefined` when none is given. */
export function usdPerSecond(settings: SettingValues, setting: string | undefined): number | undefined {
  const price = Number(setting === undefined ? Number.NaN : (settings.get(setting) ?? Number.NaN));
  return Number.isFinite(price) && price >= 0 ? price : undefined;
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
