import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, BlobRef, FreeObject, LongText, RecordId, ShortText, withPolicy } from "./fields.ts";

export const JobKind = Type.Union([
  Type.Literal("image"),
  Type.Literal("sprite"),
  Type.Literal("video"),
  Type.Literal("training"),
  Type.Literal("chat"),
]);
export type JobKind = Static<typeof JobKind>;

export const JobStatus = Type.Union([
  Type.Literal("queued"),
  Type.Literal("submitting"),
  Type.Literal("running"),
  Type.Literal("downloading"),
  Type.Literal("succeeded"),
  Type.Literal("failed"),
  Type.Literal("canceled"),
  Type.Literal("unknown"),
]);
export type JobStatus = Static<typeof JobStatus>;

/** Statuses from which a job moves on by itself. */
export const ACTIVE_JOB_STATUSES: ReadonlySet<JobStatus> = new Set([
  "queued",
  "submitting",
  "running",
  "downloading",
]);

/** What a job cost, apart from how it went. `usd` in US dollars. */
export const Charge = Type.Object(
  {
    state: Type.Union([
      Type.Literal("none"),
      Type.Literal("estimated"),
      Type.Literal("reported"),
      Type.Literal("unknown"),
    ]),
    usd: Type.Optional(Type.Number({ minimum: 0 })),
  },
  { additionalProperties: false },
);
export type Charge = Static<typeof Charge>;

/** Why a job stopped, in words for its owner. */
export const JobError = Type.Object({ code: ShortText, message: LongText }, { additionalProperties: false });
export type JobError = Static<typeof JobError>;

/**
 * One unit of work at a provider. `startTime`, `endTime` in epoch ms; `duration` in seconds; `progress` 0 to 1.
 * `estimate` is what it was thought to cost when it was sent. Results are contents; what a training made is in `models`,
 * other bytes in `files`, an answer in words in `output` and what is known of it (whether it is complete,
 * tokens) in `outputDetails`. `repeats` is the job that this one does again.
 */
export const Job = Type.Object(
  {
    ...baseFields,
    number: Type.Optional(
      withPolicy("server", Type.Integer({ minimum: 1, description: "given by the server" })),
    ),
    kind: withPolicy("fixed", JobKind),
    provider: withPolicy("fixed", ShortText),
    model: Type.Optional(withPolicy("fixed", ShortText)),
    prompt: withPolicy("fixed", LongText),
    negativePrompt: Type.Optional(withPolicy("fixed", LongText)),
    params: withPolicy("fixed", FreeObject),
    styleId: Type.Optional(withPolicy("fixed", RecordId)),
    batchId: Type.Optional(
      withPolicy(
        "fixed",
        Type.String({ maxLength: 128, description: "of jobs that were asked for together" }),
      ),
    ),
    repeats: Type.Optional(withPolicy("fixed", RecordId)),
    cancelRequested: Type.Optional(Type.Boolean()),
    priority: Type.Optional(
      Type.Number({ description: "place in the queue of its provider: higher goes first, then the number" }),
    ),
    status: withPolicy("server", JobStatus),
    progress: withPolicy("server", Type.Number({ minimum: 0, maximum: 1 })),
    step: Type.Optional(withPolicy("server", ShortText)),
    remote: Type.Optional(withPolicy("server", FreeObject)),
    charge: withPolicy("server", Charge),
    estimate: Type.Optional(withPolicy("server", Charge)),
    error: Type.Optional(withPolicy("server", JobError)),
    results: withPolicy("server", Type.Array(RecordId, { maxItems: 1000 })),
    models: Type.Optional(withPolicy("server", Type.Array(RecordId, { maxItems: 100 }))),
    files: Type.Optional(withPolicy("server", Type.Array(BlobRef, { maxItems: 1000 }))),
    output: Type.Optional(withPolicy("server", LongText)),
    outputDetails: Type.Optional(withPolicy("server", FreeObject)),
    startTime: Type.Optional(withPolicy("server", Type.Number({ minimum: 0 }))),
    endTime: Type.Optional(withPolicy("server", Type.Number({ minimum: 0 }))),
    duration: Type.Optional(withPolicy("server", Type.Number({ minimum: 0 }))),
    legacy: Type.Optional(withPolicy("server", FreeObject)),
  },
  { additionalProperties: false },
);
export type Job = Static<typeof Job>;

export const jobs = defineCollection({
  name: "jobs",
  idPrefix: "job",
  schema: Job,
  document: "jobs.json",
  initial: { prompt: "", params: {}, status: "queued", progress: 0, charge: { state: "none" }, results: [] },
  counter: { field: "number", header: "lastJobId" },
});
