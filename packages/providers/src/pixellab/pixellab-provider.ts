import type { Charge } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { LostVerdict } from "../answered/answered-run.ts";
import { createAnsweredRuns } from "../answered/answered-runs.ts";
import type { KeptAnswer, Understood } from "../answered/kept-answer.ts";
import { acceptRequest } from "../accept-request.ts";
import { checkRequest, modelFor, type RequestFault } from "../check-request.ts";
import { parseAnswer } from "../http/parse-answer.ts";
import { createProviderApi } from "../http/provider-api.ts";
import { reportConnection } from "../http/report-connection.ts";
import { openSubmit } from "../http/submit-once.ts";
import { pictureOfBlob } from "../picture-of-blob.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { Provider, ProviderRequest, RemoteRun } from "../provider.ts";
import { publicModel } from "../public-model.ts";
import { createSettingValues } from "../setting-values.ts";
import {
  Balance,
  chargeOf,
  pictureResults,
  SynchronousAnswer,
  TakenAnswer,
  usageDetails,
} from "./pixellab-answer.ts";
import { createBackgroundRuns } from "./pixellab-background.ts";
import { PIXELLAB_MODELS, type ReadPicture, sizeOf } from "./pixellab-models.ts";
import { PIXELLAB_SETTINGS } from "./pixellab-settings.ts";

/** What is written down of a request before it leaves. */
const Kept = Type.Object({
  model: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  seed: Type.Optional(Type.Integer()),
});

const NAME = "PixelLab";
const BALANCE_TIMEOUT_MS = 10_000;
const SUBMIT_TIMEOUT_MS = 5 * 60_000;
/** Overloaded; the request was turned away. */
const OVERLOADED = 529;

/**
 * PixelLab, v1 and v2. Most models answer with the picture itself: a connection that breaks leaves nothing to ask
 * for, and what the balance did in the meantime is the only sign of a charge. For that reason runs go one at a time.
 */
export function createPixellabProvider(host: ProviderHost): Provider {
  const settings = createSettingValues(NAME, PIXELLAB_SETTINGS, host);
  const base = () => settings.url("baseUrl");
  const authorize = () => ({ authorization: `Bearer ${settings.need("apiKey")}` });
  const api = createProviderApi({
    name: NAME,
    fetch: host.fetch,
    authorize,
    secrets: () => settings.secrets(),
  });
  const answered = createAnsweredRuns({ name: NAME, host, paid: true, understand });
  const background = createBackgroundRuns({ api, answers: host.answers, base });

  const readPicture: ReadPicture = async (blob) => {
    const { bytes, mime } = await pictureOfBlob(host, blob);
    return { base64: Buffer.from(bytes).toString("base64"), mime };
  };

  async function readBalance(signal: AbortSignal, attempts = 1): Promise<number> {
    const url = `${base()}/v1/balance`;
    const { body } = await api.read(Balance, { url, signal, attempts, timeoutMs: BALANCE_TIMEOUT_MS });
    return body.usd ?? body.credits?.usd ?? Number.NaN;
  }

  async function balanceIfKnown(signal: AbortSignal): Promise<number | undefined> {
    try {
      const usd = await readBalance(signal);
      return Number.isFinite(usd) ? usd : undefined;
    } catch {
      // A balance is good to know; without it a lost answer stays unclear.
      return undefined;
    }
  }

  async function verdictBy(before: number | undefined): Promise<LostVerdict | undefined> {
    const after =
      before === undefined ? undefined : await balanceIfKnown(AbortSignal.timeout(BALANCE_TIMEOUT_MS));
    if (before === undefined || after === undefined) return undefined;
    const spentUsd = Math.round((before - after) * 1e9) / 1e9;
    const wasCharged = spentUsd > 0;
    const charge: Charge = wasCharged ? { state: "estimated", usd: spentUsd } : { state: "unknown" };
    const told = wasCharged
      ? `Meanwhile the balance fell by $${spentUsd}, so it was charged.`
      : "The balance has not changed, so it may not have been charged.";
    const message = `The connection broke before the picture arrived, and PixelLab keeps no copy. ${told}`;
    return { error: { code: "submit.lost", message }, charge };
  }

  async function submit(request: ProviderRequest, signal: AbortSignal): Promise<RemoteRun> {
    signal.throwIfAborted();
    const model = acceptRequest(PIXELLAB_MODELS, request, check);
    const headers = authorize();
    const body = await model.body(request, readPicture);
    const url = `${base()}${model.path}`;
    const { width, height } = sizeOf(request.params);
    if (model.isBackground) {
      const taken = await api.submit(TakenAnswer, { url, json: body, signal, refusedStatuses: [OVERLOADED] });
      return { id: taken.body.background_job_id, model: model.id, width, height };
    }
    const balanceBefore = await balanceIfKnown(signal);
    const seed = request.params["seed"];
    const keep: Static<typeof Kept> = {
      model: model.id,
      width,
      height,
      ...(typeof seed === "number" && { seed }),
    };
    return answered.submit({
      request,
      keep,
      signal,
      send: (submitSignal) =>
        openSubmit({
          name: NAME,
          fetch: host.fetch,
          secrets: settings.secrets(),
          refusedStatuses: [OVERLOADED],
          url,
          signal: submitSignal,
          init: { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) },
        }),
      whenLost: async () => verdictBy(balanceBefore),
    });
  }

  const isBackground = (remote: RemoteRun): boolean => typeof remote["model"] === "string";

  return {
    capabilities: {
      id: "pixellab",
      name: NAME,
      models: PIXELLAB_MODELS.map((model) => publicModel(model)),
      settings: PIXELLAB_SETTINGS,
      paid: true,
      choosesOwnIds: false,
      answersWithResult: true,
      concurrency: 1,
      pollEveryMs: 5000,
      submitTimeoutMs: SUBMIT_TIMEOUT_MS,
    },
    check,
    // Prices depend on how long the graphics card takes, says PixelLab, and no call tells one beforehand.
    estimate: async () => ({ state: "unknown" }),
    submit,
    poll: async (remote, signal) =>
      isBackground(remote) ? background.poll(remote, signal) : answered.poll(remote),
    // Nothing at PixelLab can be stopped, and what runs is charged: it goes on, and its picture is kept.
    cancel: async (remote) => (isBackground(remote) ? undefined : answered.cancel(remote)),
    results: async (remote, signal) =>
      isBackground(remote) ? background.results(remote, signal) : answered.results(remote),
    find: async (request) => answered.find(request),
    testConnection: async (signal) =>
      reportConnection(async () => {
        const balanceUsd = await readBalance(signal, 3);
        if (!Number.isFinite(balanceUsd)) return { detail: "The key is good." };
        return { detail: `The key is good; $${balanceUsd.toFixed(2)} are left.`, balanceUsd };
      }),
    forget: async (remote) => answered.forget(remote),
    watch: answered.watch,
    close: answered.close,
  };
}

/** The first fault of a request: PixelLab bounds sides and area. */
function check(request: ProviderRequest): RequestFault | undefined {
  const fault = checkRequest(PIXELLAB_MODELS, request);
  const model = modelFor(PIXELLAB_MODELS, request);
  if (fault !== undefined || model === undefined) return fault;
  const { width, height } = sizeOf(request.params);
  const [least, most] = model.area;
  if (width * height >= least && width * height <= most) return undefined;
  const between = `between ${least} and ${most} pixels in all`;
  return { path: "/params/width", message: `${model.name} draws ${between}; this is ${width * height}.` };
}

function understand({ bytes, request }: KeptAnswer): Understood {
  const { image, usage } = parseAnswer(bytes, SynchronousAnswer);
  const { model, width, height, ...details } = Value.Decode(Kept, request);
  const results = pictureResults([image], {
    model,
    size: { width, height },
    details: { ...details, ...usageDetails(usage) },
  });
  return { state: "succeeded", charge: chargeOf(usage), results };
}
