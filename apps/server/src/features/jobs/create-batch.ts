import type { Provider } from "@safelight/providers";
import {
  type AnyRecord,
  batchSize,
  type Charge,
  type JobError,
  type Json,
  MAX_BATCH,
  planBatch,
} from "@safelight/shared";
import type { Store } from "@safelight/store";
import { type Static, Type } from "@sinclair/typebox";
import { ProblemError } from "../../problem-error.ts";
import { newRecordId } from "../../records/change-record.ts";
import { newUuid } from "../../records/create-id-source.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { checkJob, NewJob } from "./create-job.ts";
import { requestOf } from "./request-of-job.ts";

const { id: _id, ...jobFields } = NewJob.properties;

/** Many jobs at once: every point of a grid, each `count` times. */
export const NewBatch = Type.Object(
  {
    ...jobFields,
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_BATCH, description: "of each; a seed counts up over them" }),
    ),
    axes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            field: Type.String({ pattern: "^(?:prompt|negativePrompt|model|params\\.[A-Za-z0-9_]{1,100})$" }),
            values: Type.Array(Type.Unsafe<Json>({}), { minItems: 1, maxItems: MAX_BATCH }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 5 },
      ),
    ),
  },
  { additionalProperties: false },
);
export type NewBatch = Static<typeof NewBatch>;

type PlannedJob = Omit<NewJob, "id">;
type Providers = ReadonlyMap<string, Provider>;

/** Queues a whole batch in one commit, or none of it. Rejects with a 400 problem that names the first wrong field. */
export async function createBatch(
  context: { readonly store: Pick<Store, "commit">; readonly providers: Providers },
  batch: NewBatch,
): Promise<{ readonly batchId: string; readonly jobs: readonly AnyRecord[] }> {
  const batchId = `batch-${newUuid()}`;
  const steps = planJobs(context.providers, batch).map((job) => ({
    collection: "jobs" as const,
    id: newRecordId("jobs"),
    op: "create" as const,
    set: { ...job, params: job.params ?? {}, batchId },
  }));
  const { results } = await context.store.commit({ by: "http", actor: "client", atomicity: "all", steps });
  const jobs = results.flatMap((result) =>
    "record" in result && result.record !== undefined ? [result.record] : [],
  );
  return { batchId, jobs };
}

/** What a batch would cost, and what would keep it from being sent. Sends and keeps nothing. */
export async function estimateBatch(
  context: { readonly providers: Providers; readonly ledger: Pick<Ledger, "refusal"> },
  batch: NewBatch,
): Promise<{ readonly jobs: number; readonly charge: Charge; readonly refusal?: JobError }> {
  const planned = planJobs(context.providers, batch);
  const provider = context.providers.get(batch.provider);
  const charges: Charge[] = [];
  for (const job of planned) {
    const request = requestOf({ ...job, id: "", params: job.params ?? {} });
    if (provider?.capabilities.paid === true) charges.push(await provider.estimate(request));
  }
  const charge = sumCharges(charges);
  const refusal = context.ledger.refusal({ id: "", provider: batch.provider }, charge);
  return { jobs: planned.length, charge, ...(refusal !== undefined && { refusal }) };
}

function planJobs(providers: Providers, { axes, count, ...base }: NewBatch): readonly PlannedJob[] {
  const shape = { ...(axes !== undefined && { axes }), ...(count !== undefined && { count }) };
  const size = batchSize(shape);
  if (size > MAX_BATCH) {
    const message = `makes ${size} jobs; at most ${MAX_BATCH} are made at once`;
    throw new ProblemError(400, "batch.too-large", `The batch ${message}.`, {
      errors: [{ path: "/axes", message }],
    });
  }
  const jobs = planBatch(base, shape);
  for (const job of jobs) {
    for (const field of ["prompt", "negativePrompt", "model"] as const) {
      if (job[field] === undefined || typeof job[field] === "string") continue;
      const errors = [{ path: `/${field}`, message: "must be text" }];
      throw new ProblemError(400, "request.invalid", `/${field}: must be text.`, { errors });
    }
    checkJob(providers, job);
  }
  return jobs;
}

function sumCharges(charges: readonly Charge[]): Charge {
  const priced = charges.filter(({ state }) => state !== "none");
  if (priced.length === 0) return { state: "none" };
  const usd = priced.reduce<number | undefined>(
    (sum, charge) => (sum === undefined || charge.usd === undefined ? undefined : sum + charge.usd),
    0,
  );
  return usd === undefined ? { state: "unknown" } : { state: "estimated", usd: Math.round(usd * 1e9) / 1e9 };
}
