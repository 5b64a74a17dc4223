import type { Provider, RemoteRun } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../../problem-error.ts";
import type { JobRunner } from "../job-runner.ts";
import { lookUpJob } from "../look-up-job.ts";
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
  if (job.status === "unknown" && known === undefined) await adopt(context, job, { provider, remote });
  context.runner.refresh(jobId);
}

/** A call names the run alone; how it is asked for, the provider's own list tells. */
async function adopt(
  { store, providers, runs }: WebhookContext,
  job: Job,
  { provider, remote }: { readonly provider: Provider; readonly remote: RemoteRun },
): Promise<void> {
  if (provider.find === undefined) {
    await runs.adopt(job, remote);
    return;
  }
  const { adopted } = await lookUpJob({ store, providers, runAdoption: runs }, job.id, remote.id);
  if (adopted) return;
  throw new ProblemError(
    503,
    "webhook.not-yet",
    "The run is not in the provider's list yet. Call again later.",
  );
}

function refused(): ProblemError {
  return new ProblemError(
    401,
    "webhook.refused",
    "This call is not signed by a provider of this studio, or is too old.",
  );
}
