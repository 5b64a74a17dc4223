import { controlUrl } from "../http/control-url.ts";
import { isRecord } from "../http/is-record.ts";
import type { Parsed, ProviderApi } from "../http/provider-api.ts";
import { ANY_URL, matchesInput } from "../match-input.ts";
import type { ListedRun, ProviderRequest } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import { ReplicatePage, ReplicateRun } from "./replicate-answers.ts";
import type { ReplicateModel } from "./replicate-model.ts";
import { REPLICATE_MODELS } from "./replicate-models.ts";
import { replicateRemote, type ReplicateRunKind, replicateUrlsOf } from "./replicate-urls.ts";

/** How far clocks of two machines may be apart. */
const CLOCK_SKEW_MS = 2 * 60_000;
/** Pages of a hundred that are looked through for a run. */
const MAX_PAGES = 5;

/** Runs that Replicate has, newest first. Their inputs are there for an hour after the end. */
export function createReplicateHistory({
  api,
  settings,
}: {
  readonly api: ProviderApi;
  readonly settings: SettingValues;
}) {
  async function runsSince(
    kind: ReplicateRunKind,
    since: number,
    pages: number,
    signal: AbortSignal,
  ): Promise<readonly ReplicateRun[]> {
    const apiUrl = settings.url("apiUrl");
    const found: ReplicateRun[] = [];
    let url: string | undefined = `${apiUrl}/${kind}s`;
    for (let page = 0; page < pages && url !== undefined; page += 1) {
      const { body }: Parsed<typeof ReplicatePage> = await api.read(ReplicatePage, { url, signal });
      found.push(...body.results.filter((run) => timeOf(run.created_at) >= since));
      const isPast = body.results.some((run) => timeOf(run.created_at) < since);
      url = isPast ? undefined : controlUrl(body.next, [apiUrl]);
    }
    return found;
  }

  function listed(run: ReplicateRun, kind: ReplicateRunKind): ListedRun {
    const model = modelOf(run, kind);
    const prompt = isRecord(run.input) ? run.input["prompt"] : undefined;
    return {
      remote: replicateRemote(run, kind, model, settings),
      ...(model !== undefined && { kind: model.kind, model: model.id }),
      ...(typeof run.created_at === "string" && { createdAt: run.created_at }),
      ...(typeof prompt === "string" && { prompt }),
    };
  }

  /** Lists may leave inputs out: then the run itself is asked. */
  async function withInput(
    run: ReplicateRun,
    kind: ReplicateRunKind,
    signal: AbortSignal,
  ): Promise<ReplicateRun> {
    if (isRecord(run.input)) return run;
    const { get } = replicateUrlsOf(replicateRemote(run, kind, undefined, settings), settings);
    return (await api.read(ReplicateRun, { url: get, signal, missing: "run.missing" })).body;
  }

  return {
    async list(signal: AbortSignal): Promise<readonly ListedRun[]> {
      const predictions = await runsSince("prediction", 0, 1, signal);
      const trainings = await runsSince("training", 0, 1, signal);
      return [
        ...predictions.map((run) => listed(run, "prediction")),
        ...trainings.map((run) => listed(run, "training")),
      ].sort((one, other) => timeOf(other.createdAt) - timeOf(one.createdAt));
    },
    async find(
      model: ReplicateModel,
      request: ProviderRequest,
      submittedAt: number,
      signal: AbortSignal,
    ): Promise<readonly ListedRun[]> {
      const kind = model.kind === "training" ? "training" : "prediction";
      const sent = model.input(request, () => ANY_URL);
      const target = model.target(request);
      const found: ListedRun[] = [];
      for (const run of await runsSince(kind, submittedAt - CLOCK_SKEW_MS, MAX_PAGES, signal)) {
        if (target.by === "model" && run.model !== target.name) continue;
        if (target.by === "version" && run.version !== target.version) continue;
        const whole = await withInput(run, kind, signal);
        if (matchesInput(sent, whole.input)) {
          found.push({ ...listed(whole, kind), remote: replicateRemote(whole, kind, model, settings) });
        }
      }
      return found;
    },
  };
}

function modelOf(run: ReplicateRun, kind: ReplicateRunKind): ReplicateModel | undefined {
  if (kind === "training") return REPLICATE_MODELS.find((model) => model.kind === "training");
  return REPLICATE_MODELS.find((model) => model.id === run.model);
}

function timeOf(value: string | null | undefined): number {
  const time = Date.parse(value ?? "");
  return Number.isNaN(time) ? 0 : time;
}
