import { setTimeout as wait } from "node:timers/promises";
import { Type } from "@sinclair/typebox";
import { acceptRequest } from "../accept-request.ts";
import { createAnsweredRuns } from "../answered/answered-runs.ts";
import { isRecord } from "../http/is-record.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { openSubmit } from "../http/submit-once.ts";
import { pictureOfBlob } from "../picture-of-blob.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ListedRun, Provider, ProviderRequest, RemoteRun, RunState } from "../provider.ts";
import { createSettingValues } from "../setting-values.ts";
import { A1111_MODELS, a1111Body, checkA1111 } from "./a1111-requests.ts";
import { a1111Result } from "./a1111-result.ts";
import { A1111_SETTINGS } from "./a1111-settings.ts";
import { createA1111Tasks, type TaskView } from "./a1111-tasks.ts";

const NAME = "A1111";
const SUBMIT_TIMEOUT_MS = 60 * 60_000;
const LOOK_EVERY_MS = 1000;
const FREE = { state: "none" } as const;
const ANSWER_LOST = {
  code: "run.answer-lost",
  message:
    "The web UI finished the picture, but its answer was lost and it does not hand it out again. A copy is in its own " +
    "output folder; or run the job again, which costs nothing.",
};

const Checkpoints = Type.Array(Type.Object({ title: Type.String() }));

/**
 * AUTOMATIC1111's web UI and those that speak like it (Forge, SD.Next). The answer to a submit carries the pictures;
 * until then the task is followed by the id that we gave it.
 */
export function createA1111Provider(host: ProviderHost): Provider {
  const settings = createSettingValues(NAME, A1111_SETTINGS, host);
  const base = () => settings.url("baseUrl");
  const api = createProviderApi({
    name: NAME,
    fetch: host.fetch,
    authorize,
    secrets: () => settings.secrets(),
  });
  const tasks = createA1111Tasks({ api, base });
  const runs = createAnsweredRuns({ name: NAME, host, paid: false, understand: a1111Result, interrupt });
  const closing = new AbortController();

  function authorize(): Record<string, string> {
    const login = settings.get("login");
    return login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
  }

  async function readPicture(blob: Parameters<typeof pictureOfBlob>[1]): Promise<string> {
    return Buffer.from((await pictureOfBlob(host, blob)).bytes).toString("base64");
  }

  /** A task that waits for others cannot be taken out: it is stopped as soon as it begins. */
  async function interrupt(runId: string): Promise<void> {
    while (runs.isUnderWay(runId) && !(await interruptNow(runId))) {
      await wait(LOOK_EVERY_MS / 4, undefined, { signal: closing.signal });
    }
  }

  async function interruptNow(runId: string): Promise<boolean> {
    try {
      return await tasks.interrupt(runId, closing.signal);
    } catch (error) {
      if (closing.signal.aborted) throw error;
      // Asked again: the task is still under way.
      return false;
    }
  }

  /** Reports progress to watchers while the answer is on its way. */
  async function follow(runId: string): Promise<void> {
    while (runs.isUnderWay(runId)) {
      await wait(LOOK_EVERY_MS, undefined, { signal: closing.signal });
      const { state, progress, step } = await tasks.look(runId, closing.signal);
      if (state === "active" || state === "queued") {
        runs.report(runId, progress, step ?? (state === "queued" ? "Waiting for its turn" : "Painting"));
      }
    }
  }

  async function submit(request: ProviderRequest, signal: AbortSignal): Promise<RemoteRun> {
    signal.throwIfAborted();
    const model = acceptRequest(A1111_MODELS, request, checkA1111);
    const body = JSON.stringify(await a1111Body({ ...request, model: model.id }, readPicture));
    const done = runs.submit({
      request,
      keep: {},
      signal,
      send: (submitSignal) =>
        openSubmit({
          name: NAME,
          fetch: fetchOrExplain,
          secrets: settings.secrets(),
          url: `${base()}/sdapi/v1/${model.id}`,
          signal: submitSignal,
          init: { headers: { ...authorize(), "content-type": "application/json" }, body },
        }),
    });
    // Progress is a courtesy: when it cannot be had, the answer still comes.
    follow(request.jobId).catch(() => undefined);
    return done;
  }

  /** The web UI's own exceptions are an end of the work, and no doubt about whether it was taken. */
  async function fetchOrExplain(...call: Parameters<ProviderHost["fetch"]>): Promise<Response> {
    const response = await host.fetch(...call);
    if (response.status !== 500) return response;
    const told: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    if (!isRecord(told) || typeof told["error"] !== "string" || typeof told["errors"] !== "string")
      return response;
    throw new ProviderError(
      "request.invalid",
      `The web UI failed: ${told["error"]}. ${told["errors"]}`.slice(0, 800),
    );
  }

  async function poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState> {
    const kept = await runs.poll(remote);
    if (runs.isUnderWay(remote.id)) return stateOf(await tasks.look(remote.id, signal)) ?? kept;
    if (kept.state !== "missing") return kept;
    const { state, progress, step } = await tasks.look(remote.id, signal);
    if (state === "completed") return { state: "failed", charge: FREE, error: ANSWER_LOST };
    return stateOf({ state, progress, step }) ?? { state: "missing" };
  }

  async function find(request: ProviderRequest, signal: AbortSignal): Promise<readonly ListedRun[]> {
    const kept = await runs.find(request);
    if (kept.length > 0) return kept;
    const { state } = await tasks.look(request.jobId, signal);
    return state === "unknown" ? [] : [{ remote: { id: request.jobId } }];
  }

  return {
    capabilities: {
      id: "a1111",
      name: "AUTOMATIC1111",
      models: A1111_MODELS,
      settings: A1111_SETTINGS,
      paid: false,
      choosesOwnIds: false,
      answersWithResult: true,
      // It works on one task at a time in any case; one that waits there cannot be taken back.
      concurrency: 1,
      pollEveryMs: 1000,
      submitTimeoutMs: SUBMIT_TIMEOUT_MS,
    },
    check: checkA1111,
    estimate: async () => FREE,
    submit,
    poll,
    async cancel(remote, signal) {
      if (runs.isUnderWay(remote.id)) await runs.cancel(remote);
      else await tasks.interrupt(remote.id, signal);
    },
    results: async (remote) => runs.results(remote),
    find: async (request, _submittedAt, signal) => find(request, signal),
    testConnection: async (signal) =>
      reportConnection(async () => {
        const { body } = await api.read(Checkpoints, { url: `${base()}/sdapi/v1/sd-models`, signal });
        return { detail: `The web UI answers and has ${body.length} checkpoints.` };
      }),
    forget: async (remote) => runs.forget(remote),
    watch: runs.watch,
    async close() {
      closing.abort();
      await runs.close();
    },
  };
}

function stateOf({ state, progress, step }: TaskView): RunState | undefined {
  if (state === "queued") return { state: "queued", progress: 0 };
  if (state !== "active") return undefined;
  return { state: "running", progress, ...(step !== undefined && { step }) };
}
