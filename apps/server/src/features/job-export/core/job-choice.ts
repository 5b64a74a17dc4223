import { type Job, JobKind, JobStatus } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";

const Moment = Type.String({ format: "date-time", description: "ISO 8601" });

/** Which jobs an export holds; what is left out does not matter. */
export const JobChoice = Type.Object({
  status: Type.Optional(JobStatus),
  kind: Type.Optional(JobKind),
  provider: Type.Optional(Type.String({ maxLength: 200 })),
  model: Type.Optional(Type.String({ maxLength: 200 })),
  batchId: Type.Optional(Type.String({ maxLength: 128 })),
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
  search: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: "found in prompt, model, error or id" }),
  ),
});
export type JobChoice = Static<typeof JobChoice>;

/** Whether a job is among those chosen. `from` is inside, `to` is not. */
export function isChosen(job: Job, choice: JobChoice): boolean {
  const { search, from, to } = choice;
  const created = Date.parse(job.createdAt);
  return (
    (["status", "kind", "provider", "model", "batchId"] as const).every(
      (field) => choice[field] === undefined || job[field] === choice[field],
    ) &&
    (from === undefined || created >= Date.parse(from)) &&
    (to === undefined || created < Date.parse(to)) &&
    (search === undefined || mentions(job, search.toLowerCase()))
  );
}

function mentions(job: Job, needle: string): boolean {
  const texts = [job.prompt, job.negativePrompt, job.model, job.error?.message, job.id];
  return texts.some((text) => text?.toLowerCase().includes(needle) === true);
}
