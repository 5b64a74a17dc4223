import type { Store } from "@safelight/store";
import { type Static, Type } from "@sinclair/typebox";
import { ProblemError } from "../../problem-error.ts";

export const JobLogPage = Type.Object({
  lines: Type.Array(
    Type.Object(
      {
        at: Type.Optional(Type.String({ description: "ISO time" })),
        kind: Type.Optional(
          Type.String({ description: "`state`, `progress`, `note`, `problem`, `cut` or `unreadable`" }),
        ),
        message: Type.Optional(Type.String()),
      },
      { additionalProperties: true },
    ),
    { description: "oldest first" },
  ),
  nextOffset: Type.Integer({ minimum: 0 }),
  size: Type.Integer({ minimum: 0, description: "of the whole log, in bytes" }),
});
export type JobLogPage = Static<typeof JobLogPage>;

/** What happened to a job, from a byte offset on. Rejects with a 404 problem when there is no such job. */
export async function readJobLog(
  store: Pick<Store, "get" | "logs">,
  jobId: string,
  after: number,
): Promise<JobLogPage> {
  if (store.get("jobs", jobId) === undefined) {
    throw new ProblemError(404, "record.missing", `jobs have no record "${jobId}".`);
  }
  const { lines, nextOffset, size } = await store.logs.read(jobId, after);
  return { lines: [...lines] as JobLogPage["lines"], nextOffset, size };
}
