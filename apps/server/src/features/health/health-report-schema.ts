import { type Static, Type } from "@sinclair/typebox";

const Finding = Type.Object({
  code: Type.String(),
  at: Type.String(),
  file: Type.Optional(Type.String({ description: "relative to the data folder" })),
  message: Type.String(),
});

/** `degraded` says that something needs a person, while reads go on. */
export const HealthReport = Type.Object({
  status: Type.Union([Type.Literal("ok"), Type.Literal("degraded")]),
  version: Type.String(),
  uptimeSeconds: Type.Number({ minimum: 0 }),
  store: Type.Object({
    state: Type.Union([Type.Literal("ok"), Type.Literal("read-only"), Type.Literal("closed")]),
    reason: Type.Optional(Type.String()),
    epoch: Type.String(),
    seq: Type.Integer({ minimum: 0 }),
    records: Type.Integer({ minimum: 0 }),
    savedAt: Type.Optional(Type.String({ description: "newest durable commit" })),
    findings: Type.Array(Finding, {
      description: "what recovery and later checks found and did, newest last",
    }),
  }),
});
export type HealthReport = Static<typeof HealthReport>;
