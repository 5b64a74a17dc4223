import { randomUUID } from "node:crypto";
import { isJsonObject, type JsonObject } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { acceptRequest } from "../accept-request.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ListedRun, Provider, ProviderRequest, RemoteRun, RunState } from "../provider.ts";
import { createSettingValues } from "../setting-values.ts";
import { buildWorkflow, checkComfyui, COMFYUI_MODELS, detailsOf, needsOf } from "./comfyui-models.ts";
import { comfyuiResults } from "./comfyui-results.ts";
import { createComfyuiRuns, createdAtOf, MARK_NAME, type Mark, markIn, outputFiles } from "./comfyui-runs.ts";
import { COMFYUI_SETTINGS } from "./comfyui-settings.ts";
import { createComfyuiUploads } from "./comfyui-uploads.ts";
import { createComfyuiWatch } from "./comfyui-watch.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { promptIdOf } from "./prompt-id.ts";
import { stateOfEntry } from "./run-state.ts";

const NAME = "ComfyUI";
const FREE = { state: "none" } as const;
const SUBMIT_TIMEOUT_MS = 60_000;

const Taken = Type.Object({ prompt_id: Type.String({ minLength: 1 }) });
const Supplies = Type.Object({
  pictures: Type.Record(Type.String(), Type.String()),
  checkpoint: Type.Optional(Type.String()),
});
const SystemStats = Type.Object({
  system: Type.Object({ comfyui_version: Type.Optional(Type.String()) }),
  devices: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
});

/** ComfyUI on one's own machine: workflows with slots, followed by its socket and by polling. Costs nothing. */
export function createComfyuiProvider(host: ProviderHost): Provider {
  const settings = createSettingValues(NAME, COMFYUI_SETTINGS, host);
  const base = () => settings.url("baseUrl");
  const ownWorkflow = () => settings.get("workflow");
  const fetch: ProviderHost["fetch"] = async (url, init) => explainRefusal(await host.fetch(url, init));
  const api = createProviderApi({ name: NAME, fetch, authorize, secrets: () => settings.secrets() });
  const runs = createComfyuiRuns({ api, base });
  const uploads = createComfyuiUploads({ api, base, host });
  const clientId = randomUUID();
  const closing = new AbortController();
  const submitting = new Map<string, Promise<RemoteRun>>();
  /** Runs taken out of the queue, of which ComfyUI keeps no trace. */
  const takenOut = new Set<string>();
  const watch = createComfyuiWatch({
    url: () => `${base().replace(/^http/, "ws")}/ws?clientId=${clientId}`,
    headers: authorize,
    onEnd: async (runId, promptId) => poll({ id: runId, promptId }, closing.signal),
  });

  function authorize(): Record<string, string> {
    const token = settings.get("token");
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  const check = (request: ProviderRequest) => checkComfyui(request, ownWorkflow());

  async function prepare(request: ProviderRequest, signal: AbortSignal): Promise<JsonObject> {
    acceptRequest(COMFYUI_MODELS, request, check);
    return { ...(await uploads.supply(needsOf(request, ownWorkflow()), signal)) };
  }

  async function send(
    request: ProviderRequest,
    prepared: JsonObject,
    signal: AbortSignal,
  ): Promise<RemoteRun> {
    const { jobId: id, prompt } = request;
    const place = await runs.locate({ id }, signal);
    if (place.at !== "nowhere") return { id, promptId: place.promptId };
    const model = acceptRequest(COMFYUI_MODELS, request, check).id;
    const workflow = buildWorkflow(request, ownWorkflow(), Value.Decode(Supplies, prepared));
    const mark: Mark = { job: id, model, prompt: prompt.slice(0, 2000), details: detailsOf(request) };
    const ownId = promptIdOf(id);
    await watch.expect(ownId, id, workflow);
    let promptId: string | undefined;
    try {
      const json = {
        prompt: workflow,
        client_id: clientId,
        // Newer builds take it, older ones choose their own: the answer says which it is.
        prompt_id: ownId,
        extra_data: { [MARK_NAME]: mark },
      };
      promptId = (await api.submit(Taken, { url: `${base()}/prompt`, signal, json })).body.prompt_id;
      watch.follow(promptId, id, workflow);
      return { id, promptId };
    } finally {
      if (promptId !== ownId) watch.leave(ownId);
    }
  }

  async function poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState> {
    const place = await runs.locate(remote, signal);
    switch (place.at) {
      case "pending":
        watch.follow(place.promptId, remote.id, {});
        return { state: "queued", progress: 0, ...waitingBehind(place.before) };
      case "running":
        watch.follow(place.promptId, remote.id, place.nodes);
        return { state: "running", ...watch.progressOf(place.promptId) };
      case "history":
        watch.leave(place.promptId);
        return stateOfEntry(place.entry);
      case "nowhere":
        watch.leave(typeof remote["promptId"] === "string" ? remote["promptId"] : promptIdOf(remote.id));
        return takenOut.has(remote.id) ? { state: "canceled", charge: FREE } : { state: "missing" };
    }
  }

  async function cancel(remote: RemoteRun, signal: AbortSignal): Promise<void> {
    const place = await runs.locate(remote, signal);
    if (place.at !== "pending" && place.at !== "running") return;
    const { promptId } = place;
    // Taken out first: what begins in the meantime is seen at work after that, and what was waiting is gone for good.
    await api.readRaw({ url: `${base()}/queue`, method: "POST", json: { delete: [promptId] }, signal });
    const after = await runs.locate({ id: remote.id, promptId }, signal);
    if (after.at === "nowhere") takenOut.add(remote.id);
    if (after.at !== "running") return;
    // Older builds ignore the id and stop whatever is at work, which was this one a moment ago.
    const interrupt = { url: `${base()}/interrupt`, method: "POST", json: { prompt_id: promptId } };
    await api.readRaw({ ...interrupt, signal, attempts: 1 });
  }

  return {
    capabilities: {
      id: "comfyui",
      name: NAME,
      models: COMFYUI_MODELS,
      settings: COMFYUI_SETTINGS,
      paid: false,
      choosesOwnIds: true,
      concurrency: 4,
      pollEveryMs: 1000,
      submitTimeoutMs: SUBMIT_TIMEOUT_MS,
    },
    check,
    estimate: async () => FREE,
    prepare,
    async submit(request, signal, extras = {}) {
      signal.throwIfAborted();
      acceptRequest(COMFYUI_MODELS, request, check);
      const underWay = submitting.get(request.jobId);
      if (underWay !== undefined) return underWay;
      const prepared = extras.prepared ?? prepare(request, signal);
      const sent = (async () => send(request, await prepared, signal))();
      submitting.set(request.jobId, sent);
      return sent.finally(() => submitting.delete(request.jobId));
    },
    poll,
    cancel,
    async results(remote, signal) {
      const place = await runs.locate(remote, signal);
      if (place.at === "nowhere" && !takenOut.has(remote.id)) {
        throw new ProviderError("run.missing", "ComfyUI does not have this run.");
      }
      const isDone = place.at === "history" && stateOfEntry(place.entry).state === "succeeded";
      if (!isDone || outputFiles(place.entry).length === 0) {
        throw new ProviderError("result.missing", "The run has no results.");
      }
      return comfyuiResults(place.entry, { host, base: base(), headers: authorize() });
    },
    async list(signal) {
      const recent = await runs.recent(signal);
      return recent.map(([promptId, entry]): ListedRun => {
        const mark = markIn(entry.prompt);
        const createdAt = createdAtOf(entry);
        return {
          remote: { id: mark?.job ?? promptId, promptId },
          ...(createdAt !== undefined && { createdAt: new Date(createdAt).toISOString() }),
          ...(mark?.model !== undefined && { model: mark.model }),
          ...(mark?.prompt !== undefined && { prompt: mark.prompt }),
          ...(isJsonObject(mark?.details ?? null) && { params: mark?.details ?? {} }),
        };
      });
    },
    testConnection: async (signal) =>
      reportConnection(async () => {
        const { body } = await api.read(SystemStats, { url: `${base()}/system_stats`, signal });
        const device = body.devices?.[0]?.name ?? "no device named";
        const version = body.system.comfyui_version ?? "of unknown version";
        const { length } = await uploads.checkpoints(signal);
        return { detail: `ComfyUI ${version} answers, on ${device}, with ${length} checkpoints.` };
      }),
    watch: (listener) => watch.listen(listener),
    async close() {
      closing.abort();
      watch.close();
    },
  };
}

function waitingBehind(count: number): { readonly step?: string } {
  if (count === 0) return {};
  return { step: count === 1 ? "Waiting behind one other" : `Waiting behind ${count} others` };
}
