import { type JobStatus, LongText, RecordId, ShortText } from "@safelight/shared";
import { type Static, type TSchema, Type } from "@sinclair/typebox";

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** Milliseconds since 1970, up to the year 9999: an ISO time of a later year has another form. */
const EpochMs = Type.Number({ minimum: 0, maximum: 253_402_300_799_999 });

/**
 * A job as the older dashboard wrote it. `result` is a `data:` URL; times in epoch ms, `duration` in seconds. A field
 * that is not named here is kept and comes back.
 */
export const LegacyJob = Type.Object(
  {
    id: RecordId,
    prompt: Type.Optional(LongText),
    width: Type.Optional(orNull(Type.Number())),
    height: Type.Optional(orNull(Type.Number())),
    seed: Type.Optional(orNull(Type.Number())),
    status: Type.Optional(ShortText),
    result: Type.Optional(orNull(Type.String())),
    error: Type.Optional(Type.Unknown()),
    startTime: Type.Optional(orNull(EpochMs)),
    endTime: Type.Optional(orNull(EpochMs)),
    duration: Type.Optional(orNull(Type.Number({ minimum: 0 }))),
    createdAt: Type.Optional(orNull(EpochMs)),
  },
  { additionalProperties: true },
);
export type LegacyJob = Static<typeof LegacyJob>;

const FROM_LEGACY: Readonly<Record<string, JobStatus>> = {
  success: "succeeded",
  succeeded: "succeeded",
  completed: "succeeded",
  error: "failed",
  failed: "failed",
  canceled: "canceled",
  cancelled: "canceled",
};

/**
 * What a status of the older dashboard means here. One that was still to run is `unknown`: this studio did not submit it,
 * and taking it up would pay for it again.
 */
export function statusOfLegacy(status: string | undefined): JobStatus {
  const name = status?.toLowerCase() ?? "";
  return Object.hasOwn(FROM_LEGACY, name) ? (FROM_LEGACY[name] ?? "unknown") : "unknown";
}

const TO_LEGACY: Readonly<Record<JobStatus, string>> = {
  queued: "pending",
  submitting: "pending",
  running: "running",
  downloading: "running",
  succeeded: "success",
  failed: "error",
  canceled: "canceled",
  unknown: "unknown",
};

/** A status of this studio in the older dashboard's words. */
export function legacyOfStatus(status: JobStatus): string {
  return TO_LEGACY[status];
}
