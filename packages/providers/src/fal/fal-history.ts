import { isRecord } from "../http/is-record.ts";
import type { ProviderApi } from "../http/provider-api.ts";
import { ANY_URL, matchesInput } from "../match-input.ts";
import { pictureSettingsIn } from "../picture-settings.ts";
import type { ListedRun, ProviderRequest } from "../provider.ts";
import type { SettingValues } from "../setting-values.ts";
import { FalRequests } from "./fal-answers.ts";
import type { FalModel } from "./fal-model.ts";
import { falRemote } from "./fal-urls.ts";

/** How far clocks of two machines may be apart. */
const CLOCK_SKEW_MS = 2 * 60_000;
const PAGE = 100;

interface FoundRun extends ListedRun {
  readonly input: unknown;
}

/** Runs that fal has on record. It lists them once they have begun, by the day, with what they were given. */
export function createFalHistory({
  api,
  settings,
}: {
  readonly api: ProviderApi;
  readonly settings: SettingValues;
}) {
  async function runsOf(
    model: FalModel,
    since: number | undefined,
    signal: AbortSignal,
  ): Promise<FoundRun[]> {
    const query = new URLSearchParams({ endpoint_id: model.id, expand: "payloads", limit: String(PAGE) });
    if (since !== undefined) query.set("start", new Date(since).toISOString());
    const url = `${settings.url("apiUrl")}/models/requests/by-endpoint?${query.toString()}`;
    const { body } = await api.read(FalRequests, { url, signal });
    return body.items.map(({ request_id: id, sent_at: sentAt, started_at: startedAt, json_input: input }) => {
      const none = { status: undefined, response: undefined, cancel: undefined };
      const createdAt = sentAt ?? startedAt;
      const prompt = isRecord(input) ? input["prompt"] : undefined;
      return {
        remote: { ...falRemote(id, model.id, none, settings), ...pictureSettingsIn(input) },
        kind: model.kind,
        model: model.id,
        ...(createdAt !== undefined && { createdAt }),
        ...(typeof prompt === "string" && { prompt }),
        input,
      };
    });
  }

  return {
    /** The last day's runs of all models, newest first. */
    async list(models: readonly FalModel[], signal: AbortSignal): Promise<readonly ListedRun[]> {
      const found: ListedRun[] = [];
      for (const model of models) {
        for (const { input: _input, ...run } of await runsOf(model, undefined, signal)) found.push(run);
      }
      return found.sort((one, other) => timeOf(other) - timeOf(one));
    },
    /** Runs that were given what the request gives, from when it was sent on. */
    async find(
      model: FalModel,
      request: ProviderRequest,
      submittedAt: number,
      signal: AbortSignal,
    ): Promise<readonly ListedRun[]> {
      const since = submittedAt - CLOCK_SKEW_MS;
      const sent = model.input(request, () => ANY_URL);
      const runs = (await runsOf(model, since, signal)).filter(
        (run) => timeOf(run) >= since && matchesInput(sent, run.input),
      );
      // Uploads carry the job's name where fal keeps it; then no other run can be meant.
      const named = runs.filter((run) => JSON.stringify(run.input).includes(request.jobId));
      return (named.length > 0 ? named : runs).map(({ input: _input, ...run }) => run);
    },
  };
}

function timeOf({ createdAt }: ListedRun): number {
  const time = Date.parse(createdAt ?? "");
  return Number.isNaN(time) ? 0 : time;
}
