import { type Static, Type } from "@sinclair/typebox";

/*
 * What Replicate answers, as far as it is used here. Fields that are not named may come along.
 */

const nullable = <T extends Parameters<typeof Type.Optional>[0]>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

/** A prediction or a training. */
export const ReplicateRun = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200, pattern: "^[A-Za-z0-9_-]+$" }),
  status: Type.String(),
  model: nullable(Type.String()),
  version: nullable(Type.String()),
  input: Type.Optional(Type.Unknown()),
  output: Type.Optional(Type.Unknown()),
  error: Type.Optional(Type.Unknown()),
  logs: nullable(Type.String()),
  created_at: nullable(Type.String()),
  completed_at: nullable(Type.String()),
  data_removed: nullable(Type.Boolean()),
  /** With `predict_time`, in seconds. */
  metrics: Type.Optional(Type.Unknown()),
  urls: Type.Optional(
    Type.Object({ get: Type.Optional(Type.Unknown()), cancel: Type.Optional(Type.Unknown()) }),
  ),
});
export type ReplicateRun = Static<typeof ReplicateRun>;

export const ReplicatePage = Type.Object({
  results: Type.Array(ReplicateRun),
  next: nullable(Type.String()),
});

export const ReplicateFile = Type.Object({
  checksums: Type.Optional(Type.Object({ sha256: Type.Optional(Type.String()) })),
  urls: Type.Object({ get: Type.String({ minLength: 1 }) }),
});

export const ReplicateModelInfo = Type.Object({
  latest_version: nullable(Type.Object({ id: Type.String({ minLength: 1 }) })),
});

export const ReplicateAccount = Type.Object({ username: Type.String() });

export const ReplicateSecret = Type.Object({ key: Type.String({ pattern: "^whsec_[A-Za-z0-9+/=_-]+$" }) });
