import { createHash } from "node:crypto";
import { type ListedRun, modelFor, type Provider } from "@safelight/providers";
import type { Job, JsonObject } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import type { RunAdoption } from "./run-adoption.ts";
import { lookUpJob } from "./look-up-job.ts";

export interface Rescue {
  /** Runs that the provider has. */
  readonly found: number;
  /** Jobs that have a run again, or that are new for one. */
  readonly jobs: readonly Job[];
}

interface RescueContext {
  readonly store: Store;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly runAdoption: RunAdoption;
}

const TIMEOUT_MS = 120_000;

/**
 * Asks a provider for the runs that it has, and adopts those that no job stands for: first for jobs whose end is
 * unknown, then as new jobs. Never submits; repeated, it finds nothing new. Rejects with a 404 or 409 problem, or a
 * `ProviderError`.
 */
export async function rescueRuns(context: RescueContext, providerId: string): Promise<Rescue> {
  const { store, providers, runAdoption } = context;
  const provider = providers.get(providerId);
  if (provider === undefined)
    throw new ProblemError(404, "provider.unknown", `There is no provider "${providerId}".`);
  if (provider.list === undefined) {
    throw new ProblemError(
      409,
      "provider.cannot-list",
      `${provider.capabilities.name} cannot list its runs.`,
    );
  }
  const ownJobs = [...store.scan("jobs")].filter((job) => job.provider === providerId);
  if (ownJobs.some(({ status }) => status === "submitting")) {
    throw new ProblemError(
      409,
      "rescue.busy",
      "A job is being sent to this provider just now. Try again in a moment.",
    );
  }
  const rescued: Job[] = [];
  if (provider.find !== undefined) {
    for (const { id } of ownJobs.filter(({ status }) => status === "unknown")) {
      const { job, adopted } = await lookUpJob(context, id);
      if (adopted) rescued.push(job);
    }
  }
  const runs = await provider.list(AbortSignal.timeout(TIMEOUT_MS));
  for (const run of runAdoption.unclaimed(providerId, runs)) {
    const job = await createFor(store, provider, run);
    if (job !== undefined) rescued.push(job);
  }
  return { found: runs.length, jobs: rescued };
}

/** A job that stands for a run which the studio did not know; it is then followed like any other. */
async function createFor(store: Store, provider: Provider, run: ListedRun): Promise<Job | undefined> {
  const { id: providerId, models, paid } = provider.capabilities;
  const model = models.find(({ id }) => id === run.model);
  const kind = run.kind ?? model?.kind ?? models[0]?.kind ?? "image";
  const digest = createHash("sha256").update(`${providerId}\n${run.remote.id}`).digest("hex");
  const id = `job-${digest.slice(0, 32)}`;
  if (store.get("jobs", id) !== undefined) return undefined;
  const createdAt = run.createdAt === undefined ? Number.NaN : Date.parse(run.createdAt);
  const set: JsonObject = {
    kind,
    provider: providerId,
    prompt: run.prompt ?? "",
    params: run.params ?? {},
    status: "running",
    remote: run.remote,
    charge: { state: paid ? "unknown" : "none" },
    ...(Number.isFinite(createdAt) && { startTime: createdAt }),
    ...(run.model !== undefined && { model: modelFor(models, { kind, model: run.model })?.id ?? run.model }),
  };
  await store.commit({
    by: "rescue",
    actor: "server",
    atomicity: "all",
    steps: (staged) =>
      staged.get("jobs", id) === undefined ? [{ collection: "jobs", id, op: "create", set }] : [],
  });
  return store.get("jobs", id);
}
