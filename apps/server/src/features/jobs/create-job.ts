import type { Provider } from "@safelight/providers";
import { type AnyRecord, JobKind, type JsonObject, LongText, RecordId, ShortText } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { type Static, Type } from "@sinclair/typebox";
import { ProblemError } from "../../problem-error.ts";
import { createRecord } from "../../records/change-record.ts";

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
  { id, params = {}, ...fields }: NewJob,
): Promise<AnyRecord> {
  const provider = context.providers.get(fields.provider);
  if (provider === undefined) {
    const known = [...context.providers.keys()].join(", ");
    throw invalid({ path: "/provider", message: `is not one of this studio's: ${known}` });
  }
  const { kind, prompt, model, negativePrompt } = fields;
  const fault = provider.check({
    jobId: id ?? "",
    kind,
    prompt,
    params,
    ...(model !== undefined && { model }),
    ...(negativePrompt !== undefined && { negativePrompt }),
  });
  if (fault !== undefined) throw invalid(fault);
  return createRecord(context.store, "jobs", { ...fields, params, ...(id !== undefined && { id }) });
}

function invalid(fault: { readonly path: string; readonly message: string }): ProblemError {
  return new ProblemError(400, "request.invalid", `${fault.path}: ${fault.message}`, { errors: [fault] });
}
