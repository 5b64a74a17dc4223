import { type Static, Type } from "@sinclair/typebox";

/*
 * What RunPod answers, as far as it is used here. Fields that are not named may come along.
 */

export const RunpodJob = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200, pattern: "^[A-Za-z0-9_-]+$" }),
  status: Type.String(),
  /** Milliseconds. */
  executionTime: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  output: Type.Optional(Type.Unknown()),
  error: Type.Optional(Type.Unknown()),
});
export type RunpodJob = Static<typeof RunpodJob>;

export const RunpodHealth = Type.Object({
  jobs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  workers: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
