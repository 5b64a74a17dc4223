import type { Provider } from "@safelight/providers";
import { type AnyRecord, JobKind, type JsonObject, LongText, RecordId, ShortText } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { type Static, Type } from "@sinclair/typebox";
import { ProblemError } from "../../problem-error.ts";
import { createRecord } from "../../records/change-record.ts";
import { requestOf } from "./request-of-job.ts";

/** What a script gives to have something made. */
export const NewJob = Type.Object(
  {
    id: Type.Optional(RecordId),
    kind: JobKind,
    provider: ShortText,
    model: Type.Optional(ShortText),
    prompt: LongText,
    negativePrompt: Type.Optional(LongText),
    params: Type.Optional(
      Type.Unsafe<JsonObject>({
        type: "object",
        description: "The model's parameters: `GET /api/providers` has the schema of each.",
      }),
    ),
    styleId: Type.Optional(RecordId),
  },
  { additionalProperties: false },
);
export type NewJob = Static<typeof NewJob>;

/** Checks a job against its provider and queues it. Rejects with a 400 problem that names the field. */
export async function createJob(
  context: { readonly store: Pick<Store, "commit">; readonly providers: ReadonlyMap<string, Provider> },
  job: NewJob,
): Promise<AnyRecord> {
  checkJob(context.providers, job);
  const { params = {}, ...fields } = job;
  // Awaited here: a promise that is returned as it is costs three turns of the queue instead of one.
  return await createRecord(context.store, "jobs", { ...fields, params });
}

/** Throws a 400 problem that names the first field which the job's provider would not take. */
export function checkJob(providers: ReadonlyMap<string, Provider>, job: NewJob): void {
  const provider = providers.get(job.provider);
  if (provider === undefined) {
    const known = [...providers.keys()].join(", ");
    throw invalid({ path: "/provider", message: `is not one of this studio's: ${known}` });
  }
  const { id = "", kind, model, prompt, negativePrompt, params = {} } = job;
  const fault = provider.check(requestOf({ id, kind, model, prompt, negativePrompt, params }));
  if (fault !== undefined) throw invalid(fault);
}

function invalid(fault: { readonly path: string; readonly message: string }): ProblemError {
  return new ProblemError(400, "request.invalid", `${fault.path}: ${fault.message}`, { errors: [fault] });
}
