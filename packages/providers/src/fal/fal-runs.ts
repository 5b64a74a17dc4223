import type { Charge } from "@safelight/shared";
import type { Answer } from "../http/answer.ts";
import { errorOfStatus } from "../http/error-of-status.ts";
import { parseAnswer } from "../http/parse-answer.ts";
import type { ProviderApi } from "../http/provider-api.ts";
import { redact } from "../http/redact.ts";
import { wordsIn, wordsOf } from "../http/words-of.ts";
import { progressOfLines } from "../progress-of-lines.ts";
import { ProviderError } from "../provider-error.ts";
import type { RemoteRun, RunState } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import { FalCancel, FalOutput, FalStatus } from "./fal-answers.ts";
import type { FalPrices } from "./fal-prices.ts";
import { falUrlsOf, type FalRunUrls } from "./fal-urls.ts";

/** Statuses that a result can have which speak of the run and not of the call. */
const OF_THE_RUN = [400, 404, 410, 413, 422, 499, 500, 502, 503, 504];
const CANCELED_STATUS = 499;
const CANCELED_TYPE = "client_cancelled";
const NONE: Charge = { state: "none" };
const UNKNOWN: Charge = { state: "unknown" };

export interface FalRunsOptions {
  readonly api: ProviderApi;
  readonly settings: SettingValues;
  readonly prices: FalPrices;
}

/** How runs stand at fal, what they made, and their end before time. */
export function createFalRuns({ api, settings, prices }: FalRunsOptions) {
  /** Runs whose cancellation fal took: one that it forgets afterwards was canceled and is not lost. */
  const canceled = new Set<string>();

  function urlsOf(remote: RemoteRun): FalRunUrls {
    const urls = falUrlsOf(remote, settings);
    if (urls !== undefined) return urls;
    throw new ProviderError("run.missing", "fal: the run does not say which model it is of.");
  }

  async function statusOf(remote: RemoteRun, signal: AbortSignal): Promise<FalStatus> {
    const url = new URL(urlsOf(remote).status);
    url.searchParams.set("logs", "1");
    return (await api.read(FalStatus, { url, signal, missing: "run.missing" })).body;
  }

  async function resultOf(remote: RemoteRun, signal: AbortSignal): Promise<Answer> {
    return api.readRaw({ url: urlsOf(remote).response, signal, accept: OF_THE_RUN });
  }

  async function endOf(remote: RemoteRun, status: FalStatus, signal: AbortSignal): Promise<RunState> {
    const result = await resultOf(remote, signal);
    const type = result.headers.get("x-fal-error-type") ?? status.error_type ?? undefined;
    const isError = status.error !== undefined && status.error !== null && status.error !== "";
    if (result.status === CANCELED_STATUS || type === CANCELED_TYPE) return canceledState();
    if (result.status === 404 || result.status === 410) {
      // What was made is gone; that it was made stands.
      if (!isError) return { state: "succeeded", charge: UNKNOWN };
    } else if (result.status < 300 && !isError) {
      return { state: "succeeded", charge: await chargeOf(remote, result, signal) };
    } else if (result.status >= 500 && type === undefined && !isError) {
      throw errorOfStatus(result, { name: "fal", secrets: settings.secrets() });
    }
    const words = wordsOf(result.bytes) ?? wordsIn(status.error) ?? "fal gives no reason.";
    return {
      state: "failed",
      error: { code: type ?? `http.${result.status}`, message: redact(words, settings.secrets()) },
      // fal does not charge for failures of its own; a refused input may have taken time.
      charge: result.status >= 500 ? NONE : UNKNOWN,
    };
  }

  async function chargeOf(remote: RemoteRun, result: Answer, signal: AbortSignal): Promise<Charge> {
    const units = Number(result.headers.get("x-fal-billable-units") ?? Number.NaN);
    if (!Number.isFinite(units) || units < 0 || typeof remote["model"] !== "string") return UNKNOWN;
    try {
      return await prices.charge(remote["model"], units, signal);
    } catch (error) {
      // The run's success must not wait for the price list.
      if (error instanceof ProviderError) return UNKNOWN;
      throw error;
    }
  }

  return {
    async poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState> {
      let status: FalStatus;
      try {
        status = await statusOf(remote, signal);
      } catch (error) {
        if (!(error instanceof ProviderError) || error.code !== "run.missing") throw error;
        return canceled.has(remote.id) ? canceledState() : { state: "missing" };
      }
      const lines = linesOf(status);
      switch (status.status) {
        case "IN_QUEUE":
          return { state: "queued", progress: 0, step: queueWords(status.queue_position) };
        case "IN_PROGRESS": {
          const step = lines.at(-1)?.slice(0, 200);
          const progress = progressOfLines(lines) ?? 0;
          return { state: "running", progress, ...(step !== undefined && step !== "" && { step }) };
        }
        case "COMPLETED":
          return endOf(remote, status, signal);
      }
    },
    async readLines(remote: RemoteRun, after: number, signal: AbortSignal) {
      const lines = linesOf(await statusOf(remote, signal));
      return { lines: lines.slice(after), next: Math.max(after, lines.length) };
    },
    async cancel(remote: RemoteRun, signal: AbortSignal): Promise<void> {
      const call = { url: urlsOf(remote).cancel, method: "PUT", signal, accept: [400, 404] };
      const { body, status } = await api.read(FalCancel, call);
      if (status === 404) {
        if (canceled.has(remote.id)) return;
        throw new ProviderError("run.missing", "fal does not know this run.");
      }
      if (status < 300 && body.status !== "ALREADY_COMPLETED") canceled.add(remote.id);
    },
    /** What a finished run made. */
    async output(remote: RemoteRun, signal: AbortSignal): Promise<FalOutput> {
      const { status } = await statusOf(remote, signal);
      if (status !== "COMPLETED") throw new ProviderError("result.missing", "The run has no results yet.");
      const result = await resultOf(remote, signal);
      if (result.status < 300) return readOutput(result);
      if (result.status >= 500 && !result.headers.has("x-fal-error-type")) {
        throw errorOfStatus(result, { name: "fal", secrets: settings.secrets() });
      }
      throw new ProviderError("result.missing", `fal has no result of this run (${result.status}).`);
    },
  };
}

function readOutput(result: Answer): FalOutput {
  try {
    return parseAnswer(result.bytes, FalOutput);
  } catch (error) {
    throw new ProviderError("provider.answer-invalid", "fal's result cannot be read.", { cause: error });
  }
}

const canceledState = (): RunState => ({ state: "canceled", charge: UNKNOWN });

const linesOf = (status: FalStatus): readonly string[] => (status.logs ?? []).map(({ message }) => message);

function queueWords(position: number | null | undefined): string {
  if (position === undefined || position === null) return "Waiting at fal";
  return position === 0 ? "Next at fal" : `Waiting at fal, ${position} before it`;
}
