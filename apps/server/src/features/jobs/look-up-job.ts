import { type ListedRun, type Provider, ProviderError, type RemoteRun } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { requestOf } from "./request-of-job.ts";
import type { RunAdoption } from "./run-adoption.ts";

/** What looking for a job's run brought. */
export interface LookUp {
  readonly job: Job;
  readonly adopted: boolean;
  /** Runs that can be the one, where there is not exactly one. */
  readonly candidates: readonly ListedRun[];
  /** The provider lists no runs: somebody reads the id of this one there, and gives it. */
  readonly asksForId: boolean;
}

export interface LookUpContext {
  readonly store: Pick<Store, "get">;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly runAdoption: RunAdoption;
}

/** How long a provider may take to answer, in milliseconds. */
const TIMEOUT_MS = 60_000;

/**
 * Looks for the run of an `unknown` job at its provider, and adopts it when there is exactly one that no other job
 * stands for; never submits. Rejects with a 404 or 409 problem, or a `ProviderError`.
 * @param runId The one to adopt: out of several candidates, or where the provider lists none.
 */
export async function lookUpJob(context: LookUpContext, id: string, runId?: string): Promise<LookUp> {
  const job = jobAt(context.store, id);
  if (job.status !== "unknown") return { job, adopted: false, candidates: [], asksForId: false };
  const provider = context.providers.get(job.provider);
  if (provider === undefined) {
    throw new ProblemError(409, "provider.unknown", `This studio has no provider "${job.provider}".`);
  }
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const known = await knownRun(provider, job, signal);
  const candidates =
    known === undefined ? await candidatesOf(context, provider, { job, runId, signal }) : [known];
  const chosen = runId === undefined ? candidates : candidates.filter(({ remote }) => remote.id === runId);
  const [only] = chosen;
  const adopted =
    only !== undefined && chosen.length === 1 && (await context.runAdoption.adopt(job, only.remote));
  const asksForId = !adopted && provider.named !== undefined;
  return { job: jobAt(context.store, id), adopted, candidates: adopted ? [] : candidates, asksForId };
}

/** The run that the record names, if its provider has it after all. */
async function knownRun(provider: Provider, job: Job, signal: AbortSignal): Promise<ListedRun | undefined> {
  const id = job.remote?.["id"];
  const own = provider.capabilities.choosesOwnIds ? { id: job.id } : undefined;
  const remote = typeof id === "string" ? (job.remote as RemoteRun) : own;
  return remote === undefined ? undefined : runIfThere(provider, remote, signal);
}

async function runIfThere(
  provider: Provider,
  remote: RemoteRun,
  signal: AbortSignal,
): Promise<ListedRun | undefined> {
  try {
    const { state } = await provider.poll(remote, signal);
    return state === "missing" ? undefined : { remote };
  } catch (error) {
    if (error instanceof ProviderError && error.code === "run.missing") return undefined;
    throw error;
  }
}

interface Search {
  readonly job: Job;
  readonly runId: string | undefined;
  readonly signal: AbortSignal;
}

async function candidatesOf(
  { runAdoption }: LookUpContext,
  provider: Provider,
  { job, runId, signal }: Search,
): Promise<readonly ListedRun[]> {
  const { name } = provider.capabilities;
  if (provider.find !== undefined) {
    const submittedAt = job.startTime ?? Date.parse(job.createdAt);
    const found = await provider.find(requestOf(job), submittedAt, signal);
    return runAdoption.unclaimed(job.provider, found);
  }
  if (provider.named === undefined) {
    throw new ProblemError(
      409,
      "provider.cannot-find",
      `${name} has no way to find a run again. Look at your account there, then mark the job as failed.`,
    );
  }
  if (runId === undefined) return [];
  const remote = await provider.named(requestOf(job), runId);
  const there = await runIfThere(provider, remote, signal);
  return there === undefined ? [] : runAdoption.unclaimed(job.provider, [there]);
}

/** Rejects with a 404 problem when there is none. */
export function jobAt(store: Pick<Store, "get">, id: string): Job {
  const job = store.get("jobs", id);
  if (job === undefined) throw new ProblemError(404, "record.missing", `jobs have no record "${id}".`);
  return job;
}
