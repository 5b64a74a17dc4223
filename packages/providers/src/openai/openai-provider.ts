import type { Charge } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { acceptRequest } from "../accept-request.ts";
import { createAnsweredRuns } from "../answered/answered-runs.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { checkRequest } from "../check-request.ts";
import { UnreadableAnswerError } from "../http/parse-answer.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { openSubmit } from "../http/submit-once.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { Provider, ProviderModel, ProviderRequest, RemoteRun, RunLines } from "../provider.ts";
import { chargeOfUsage, type SaidUsage, tokenPricesIn } from "../said-usage.ts";
import { createSettingValues } from "../setting-values.ts";
import { chatResult } from "./chat-result.ts";
import { imageResult } from "./image-result.ts";
import { ChatParams, ImageParams } from "./openai-params.ts";
import { OPENAI, type OpenaiPreset } from "./openai-presets.ts";
import { chatCall, imageCall, type OpenaiCall } from "./openai-requests.ts";
import { readChat } from "./read-chat.ts";

const MODELS: readonly ProviderModel[] = [
  { id: "chat", name: "Text", kind: "chat", params: ChatParams, takesNegativePrompt: false },
  { id: "image", name: "Picture", kind: "image", params: ImageParams, takesNegativePrompt: false },
];

const ModelList = Type.Object({ data: Type.Array(Type.Object({ id: Type.String() })) });

/** Long enough for a reasoning model and for a large one on a small machine. */
const SUBMIT_TIMEOUT_MS = 15 * 60_000;

/** Any server that speaks OpenAI's protocol: text as a stream, pictures in one answer. */
export function createOpenaiProvider(host: ProviderHost, preset: OpenaiPreset = OPENAI): Provider {
  const { id, name, paid } = preset;
  const settings = createSettingValues(name, preset.settings, host);
  const api = createProviderApi({ name, fetch: host.fetch, authorize, secrets: () => settings.secrets() });
  const runs = createAnsweredRuns({ name, host, paid, understand });

  function authorize(): Record<string, string> {
    const isNeeded = preset.settings.some((setting) => setting.name === "apiKey" && setting.isRequired);
    const key = isNeeded ? settings.need("apiKey") : settings.get("apiKey");
    return key === undefined ? {} : { authorization: `Bearer ${key}` };
  }

  function understand(answer: KeptAnswer): Understood {
    return answer.request["kind"] === "chat"
      ? chatResult(answer, (usage, model) => charge(usage, "chat", model))
      : imageResult(answer, { host, charge: (usage, model) => charge(usage, "image", model) });
  }

  /** The owner's prices are those of the model in the settings, and of no other. */
  function charge(usage: SaidUsage, kind: "chat" | "image", model: unknown): Charge {
    if (!paid) return { state: "none" };
    const isPriced = model === settings.get(`${kind}Model`);
    const names = { input: `${kind}InputPrice`, output: `${kind}OutputPrice` };
    return chargeOfUsage(usage, isPriced ? tokenPricesIn(settings, names) : undefined);
  }

  async function callFor(request: ProviderRequest): Promise<OpenaiCall> {
    const baseUrl = settings.url("baseUrl");
    const named = typeof request.params["model"] === "string";
    const setting = request.kind === "chat" ? "chatModel" : "imageModel";
    const context = { host, baseUrl, model: named ? "" : settings.need(setting) };
    return request.kind === "chat" ? chatCall(request, context) : imageCall(request, context);
  }

  async function submit(request: ProviderRequest, signal: AbortSignal): Promise<RemoteRun> {
    signal.throwIfAborted();
    acceptRequest(MODELS, request);
    const authorization = authorize();
    const { path, headers, body, keep } = await callFor(request);
    return runs.submit({
      request,
      keep,
      signal,
      describe: (bytes) => `${textOf(bytes, false).split(/\s+/).filter(Boolean).length} words so far`,
      send: (submitSignal) =>
        openSubmit({
          name,
          fetch: host.fetch,
          secrets: settings.secrets(),
          url: `${settings.url("baseUrl")}${path}`,
          signal: submitSignal,
          init: { headers: { accept: "application/json", ...authorization, ...headers }, body },
        }),
    });
  }

  async function readLines(remote: RemoteRun, after: number): Promise<RunLines> {
    const bytes = await runs.bytesOf(remote.id);
    const isUnderWay = runs.isUnderWay(remote.id);
    const lines = bytes === undefined ? [] : textOf(bytes, !isUnderWay).split("\n");
    // The last line is still being written.
    const complete = isUnderWay ? lines.slice(0, -1) : lines;
    return { lines: complete.slice(after), next: Math.max(after, complete.length) };
  }

  return {
    capabilities: {
      id,
      name,
      models: MODELS,
      settings: preset.settings,
      paid,
      choosesOwnIds: false,
      answersWithResult: true,
      concurrency: preset.concurrency,
      pollEveryMs: 1000,
      submitTimeoutMs: SUBMIT_TIMEOUT_MS,
    },
    check: (request) => checkRequest(MODELS, request),
    estimate: async () => ({ state: paid ? "unknown" : "none" }),
    submit,
    poll: async (remote) => runs.poll(remote),
    cancel: async (remote) => runs.cancel(remote),
    results: async (remote) => runs.results(remote),
    readLines: async (remote, after) => readLines(remote, after),
    find: async (request) => runs.find(request),
    testConnection: async (signal) =>
      reportConnection(async () => {
        const { body } = await api.read(ModelList, { url: `${settings.url("baseUrl")}/models`, signal });
        return { detail: sayModels(body) };
      }),
    forget: async (remote) => runs.forget(remote),
    watch: runs.watch,
    close: runs.close,
  };
}

/** The text in what has arrived of a chat; empty for anything else. */
function textOf(bytes: Uint8Array, isWhole: boolean): string {
  try {
    return readChat(bytes, isWhole).text;
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return "";
    throw error;
  }
}

function sayModels({ data }: Static<typeof ModelList>): string {
  if (data.length === 0) return "The server answers, and has no model yet.";
  const first = data.slice(0, 5).map((model) => model.id);
  return `The server answers with ${data.length} models: ${first.join(", ")}${data.length > 5 ? ", …" : "."}`;
}
