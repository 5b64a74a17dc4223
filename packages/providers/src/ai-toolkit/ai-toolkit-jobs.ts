import { type Static, Type } from "@sinclair/typebox";
import type { ProviderApi } from "../http/provider-api.ts";
import { ProviderError } from "../provider-error.ts";
import type { RemoteRun } from "../provider.ts";

/** A row of AI Toolkit's jobs, as far as it is read here. */
export const TrainerJob = Type.Object({
  id: Type.String({ minLength: 1 }),
  name: Type.String(),
  status: Type.String(),
  stop: Type.Optional(Type.Boolean()),
  step: Type.Optional(Type.Number()),
  total_steps: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  info: Type.Optional(Type.String()),
  speed_string: Type.Optional(Type.String()),
  job_config: Type.Optional(Type.String()),
  job_type: Type.Optional(Type.String()),
  created_at: Type.Optional(Type.String()),
});
export type TrainerJob = Static<typeof TrainerJob>;

const MaybeJob = Type.Union([TrainerJob, Type.Null()]);
const JobList = Type.Object({ jobs: Type.Array(TrainerJob) });
const Log = Type.Object({ log: Type.String(), offset: Type.Integer({ minimum: 0 }), reset: Type.Boolean() });
const Loss = Type.Object({
  keys: Type.Optional(Type.Array(Type.String())),
  points: Type.Array(Type.Object({ step: Type.Number(), value: Type.Union([Type.Number(), Type.Null()]) })),
});
const Files = Type.Object({ files: Type.Array(Type.Object({ path: Type.String(), size: Type.Number() })) });
const Samples = Type.Object({ samples: Type.Array(Type.String()) });
const Row = Type.Object({ id: Type.String({ minLength: 1 }) });
const Anything = Type.Unknown();

/** A point of the loss curve. */
export interface LossPoint {
  readonly step: number;
  readonly value: number;
}

const LIST_MAX_BYTES = 64 * 1024 * 1024;
const LOSS_LIMIT = 20_000;

/** AI Toolkit's calls about jobs. All but `create` may be made again. */
export function createTrainerJobs({ api, base }: { readonly api: ProviderApi; readonly base: () => string }) {
  const of = (id: string) => `${base()}/api/jobs/${encodeURIComponent(id)}`;

  /** Newest first. */
  async function list(signal: AbortSignal): Promise<readonly TrainerJob[]> {
    const url = `${base()}/api/jobs`;
    return (await api.read(JobList, { url, signal, maxBytes: LIST_MAX_BYTES })).body.jobs;
  }

  async function byName(name: string, signal: AbortSignal): Promise<TrainerJob | undefined> {
    return (await list(signal)).find((job) => job.name === name);
  }

  async function readLoss(
    id: string,
    query: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Static<typeof Loss>> {
    const url = `${of(id)}/loss?${new URLSearchParams(query).toString()}`;
    return (await api.read(Loss, { url, signal, maxBytes: LIST_MAX_BYTES })).body;
  }

  return {
    list,
    byName,
    async get({ id, job }: RemoteRun, signal: AbortSignal): Promise<TrainerJob | undefined> {
      if (typeof job !== "string") return byName(id, signal);
      const url = `${base()}/api/jobs?id=${encodeURIComponent(job)}`;
      return (await api.read(MaybeJob, { url, signal })).body ?? undefined;
    },
    /** The new job's id. Names are unique there: `request.invalid` may mean that it exists. */
    async create(
      job: { readonly name: string; readonly gpu: string; readonly config: unknown },
      signal: AbortSignal,
    ) {
      const json = { name: job.name, gpu_ids: job.gpu, job_config: job.config };
      return (await api.submit(Row, { url: `${base()}/api/jobs`, json, signal })).body.id;
    },
    async start(id: string, gpu: string, signal: AbortSignal): Promise<void> {
      await api.read(Anything, { url: `${of(id)}/start`, signal });
      await api.read(Anything, { url: `${base()}/api/queue/${encodeURIComponent(gpu)}/start`, signal });
    },
    /** A job that waits has no process to be told: it is marked instead. */
    async stop({ id, status }: TrainerJob, signal: AbortSignal): Promise<void> {
      await api.read(Anything, { url: `${of(id)}/${status === "queued" ? "mark_stopped" : "stop"}`, signal });
    },
    async log(id: string, offset: number, signal: AbortSignal): Promise<Static<typeof Log>> {
      return (await api.read(Log, { url: `${of(id)}/log?offset=${offset}`, signal })).body;
    },
    /** The loss curve after a step. Versions name it differently. */
    async loss(
      id: string,
      sinceStep: number | undefined,
      signal: AbortSignal,
    ): Promise<readonly LossPoint[]> {
      const query = {
        limit: String(LOSS_LIMIT),
        ...(sinceStep !== undefined && { since_step: String(sinceStep) }),
      };
      const first = await readLoss(id, query, signal);
      const key = first.keys?.find((one) => one.includes("loss"));
      const isElsewhere = first.points.length === 0 && key !== undefined && key !== "loss";
      const { points } = isElsewhere ? await readLoss(id, { ...query, key }, signal) : first;
      return points.flatMap(({ step, value }) => (value === null ? [] : [{ step, value }]));
    },
    async files(id: string, signal: AbortSignal): Promise<readonly string[]> {
      const { body } = await api.read(Files, { url: `${of(id)}/files`, signal });
      return body.files.map(({ path }) => path);
    },
    async samples(id: string, signal: AbortSignal): Promise<readonly string[]> {
      return (await api.read(Samples, { url: `${of(id)}/samples`, signal })).body.samples;
    },
    fileUrl: (path: string): string => `${base()}/api/files/${encodeURIComponent(path)}`,
  };
}

/** Made, but never put into the queue: the call after it was lost. */
export function isUnbegun({ status, stop, step = 0 }: TrainerJob): boolean {
  return status === "stopped" && stop !== true && step === 0;
}

/** Whether an error may mean that a job of that name is there. */
export function mayExist(error: unknown): boolean {
  return error instanceof ProviderError && error.code === "request.invalid";
}
