import type { Provider, RemoteRun } from "@safelight/providers";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../../problem-error.ts";
import type { JobRunner } from "../job-runner.ts";
import { lookUpJob } from "../look-up-job.ts";
import { requestOf } from "../request-of-job.ts";
import type { RunAdoption } from "../run-adoption.ts";
import type { WebhookTokens } from "./webhook-token.ts";

export interface WebhookContext {
  readonly store: Pick<Store, "get">;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly tokens: WebhookTokens;
  readonly runs: RunAdoption;
  readonly runner: Pick<JobRunner, "refresh">;
}

export interface WebhookCall {
  readonly providerId: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

/**
 * Takes a provider's call. It is not believed in what it says of the run: it wakes the poll, and it names the run of a
 * job whose answer was lost. Called twice, the second has no effect. Rejects with a 401 problem for one that is forged,
 * too old or about another run.
 */
export async function takeWebhook(context: WebhookContext, call: WebhookCall): Promise<void> {
  const { providerId, token, headers, rawBody } = call;
  const provider = context.providers.get(providerId);
  const jobId = context.tokens.jobOf(providerId, token);
  if (provider?.verifyWebhook === undefined || jobId === undefined) throw refused();
  const remote = await provider.verifyWebhook(headers, rawBody);
  if (remote === undefined) throw refused();
  const job = context.store.get("jobs", jobId);
  // Purged since: there is nothing to do, and nothing for the provider to repeat.
  if (job === undefined) return;
  const known = job.remote?.["id"];
  if (known !== undefined && known !== remote.id) throw refused();
  if (known === undefined) await name(context, jobId, { provider, remote });
  context.runner.refresh(jobId);
}

interface NamedRun {
  readonly provider: Provider;
  readonly remote: RemoteRun;
}

/** A job whose submit was not answered, or not yet, learns which run is its own. */
async function name(context: WebhookContext, jobId: string, { provider, remote }: NamedRun): Promise<void> {
  const { store, providers, runs } = context;
  const job = store.get("jobs", jobId);
  if (job?.status !== "unknown" && job?.status !== "submitting") return;
  if (provider.find === undefined) {
    const named = (await provider.named?.(requestOf(job), remote.id)) ?? remote;
    // The answer may yet come, and goes before this; should it be lost, this is all there ever is.
    if (job.status === "unknown" || !(await runs.note(job, named))) await runs.adopt(job, named);
    return;
  }
  // A call names the run alone; how it is asked for, the provider's own list tells.
  const isLookedUp = job.status === "unknown";
  if (isLookedUp && (await lookUpJob({ store, providers, runAdoption: runs }, jobId, remote.id)).adopted)
    return;
  throw new ProblemError(503, "webhook.not-yet", "It is not known yet whose run this is. Call again later.");
}

function refused(): ProblemError {
  return new ProblemError(
    401,
    "webhook.refused",
    "This call is not signed by a provider of this studio, or is too old.",
  );
}
