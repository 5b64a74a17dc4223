import type { Charge } from "@safelight/shared";
import type { ProviderApi } from "../http/provider-api.ts";
import { redact } from "../http/redact.ts";
import { wordsIn } from "../http/words-of.ts";
import { progressOfLines } from "../progress-of-lines.ts";
import { ProviderError } from "../provider-error.ts";
import type { RemoteRun, RunState } from "../provider.ts";
import { countIn, priceIn } from "../said-usage.ts";
import type { SettingValues } from "../setting-values.ts";
import { ReplicateRun } from "./replicate-answers.ts";
import { PRICE_BY_MODEL } from "./replicate-settings.ts";
import { replicateUrlsOf } from "./replicate-urls.ts";

/** How runs stand at Replicate, and their end before time. */
export function createReplicateRuns({
  api,
  settings,
}: {
  readonly api: ProviderApi;
  readonly settings: SettingValues;
}) {
  async function get(remote: RemoteRun, signal: AbortSignal): Promise<ReplicateRun> {
    const url = replicateUrlsOf(remote, settings).get;
    return (await api.read(ReplicateRun, { url, signal, missing: "run.missing" })).body;
  }

  /** Replicate tells how long a run took and not what it cost: that is known where the owner gave the machine's price. */
  function chargeOf({ metrics }: ReplicateRun, { model }: RemoteRun): Charge {
    const setting = PRICE_BY_MODEL.get(String(model));
    const usdPerSecond = setting === undefined ? undefined : priceIn(settings.get(setting));
    const seconds = countIn(metrics, "predict_time");
    if (usdPerSecond === undefined || seconds === undefined) return { state: "unknown" };
    return { state: "estimated", usd: Math.round(seconds * usdPerSecond * 1e6) / 1e6 };
  }

  function stateOf(run: ReplicateRun, remote: RemoteRun): RunState {
    const lines = linesOf(run);
    switch (run.status) {
      case "starting":
      case "queued":
        return { state: "queued", progress: 0, step: "Waiting at Replicate" };
      case "processing": {
        const step = lines.at(-1)?.slice(0, 200);
        const progress = progressOfLines(lines) ?? 0;
        return { state: "running", progress, ...(step !== undefined && { step }) };
      }
      case "succeeded":
        return { state: "succeeded", charge: chargeOf(run, remote) };
      case "canceled":
      case "aborted":
        return { state: "canceled", charge: chargeOf(run, remote) };
      case "failed": {
        const message = redact(wordsIn(run.error) ?? "Replicate gives no reason.", settings.secrets());
        return { state: "failed", error: { code: "run.failed", message }, charge: chargeOf(run, remote) };
      }
      default:
        throw new ProviderError(
          "provider.answer-invalid",
          `Replicate: a run is "${run.status.slice(0, 50)}".`,
        );
    }
  }

  return {
    get,
    async poll(remote: RemoteRun, signal: AbortSignal): Promise<RunState> {
      try {
        return stateOf(await get(remote, signal), remote);
      } catch (error) {
        if (error instanceof ProviderError && error.code === "run.missing") return { state: "missing" };
        throw error;
      }
    },
    async readLines(remote: RemoteRun, after: number, signal: AbortSignal) {
      const lines = linesOf(await get(remote, signal));
      return { lines: lines.slice(after), next: Math.max(after, lines.length) };
    },
    async cancel(remote: RemoteRun, signal: AbortSignal): Promise<void> {
      const url = replicateUrlsOf(remote, settings).cancel;
      // A run that has ended is as good as canceled: the poll that follows says how it ended.
      await api.readRaw({ url, method: "POST", signal, missing: "run.missing", accept: [400, 409, 422] });
    },
  };
}

/** Progress bars write over themselves: each state counts as a line. */
function linesOf({ logs }: ReplicateRun): readonly string[] {
  return (logs ?? "").split(/[\r\n]+/).filter((line) => line.trim() !== "");
}
