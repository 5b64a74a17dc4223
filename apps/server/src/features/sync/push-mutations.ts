import {
  formatCursor,
  type PushRequest,
  type PushResponse,
  type PushResult,
  SCHEMA_VERSION,
} from "@safelight/shared";
import type { StepResult, Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";

/**
 * Commits a client's mutations, each on its own. What was pushed before has no second effect; a rejected mutation is
 * counted as seen. Rejects with the store's errors, and then nothing was taken. `deviceName` is how the history calls the
 * client.
 */
export async function pushMutations(
  store: Pick<Store, "commit" | "cursor">,
  { clientId, schema, epoch, mutations }: PushRequest,
  deviceName?: string,
): Promise<PushResponse> {
  checkSchemaVersion(schema);
  if (epoch !== undefined && epoch !== store.cursor().epoch) {
    throw new ProblemError(
      410,
      "sync.snapshot-needed",
      "The studio was restored to an earlier time. Take /api/sync/snapshot and send again what it forgot.",
    );
  }
  const { seq, results } = await store.commit({
    by: deviceName === undefined ? `client:${clientId}` : `client:${clientId} ${deviceName}`,
    actor: "client",
    atomicity: "each",
    steps: mutations,
    clientId,
  });
  const cursor = formatCursor({ epoch: store.cursor().epoch, seq });
  return { cursor, results: results.map((result, index) => pushResult(result, mutations[index]?.n ?? 0)) };
}

function checkSchemaVersion(schema: number): void {
  if (schema === SCHEMA_VERSION) return;
  if (schema > SCHEMA_VERSION) {
    throw new ProblemError(
      409,
      "sync.schema-newer",
      `This page writes records of version ${schema}; the studio knows ${SCHEMA_VERSION}. Update the studio.`,
    );
  }
  throw new ProblemError(
    409,
    "sync.schema-older",
    `This page writes records of version ${schema}; the studio is at ${SCHEMA_VERSION}. Reload the page.`,
  );
}

function pushResult(result: StepResult, n: number): PushResult {
  switch (result.status) {
    case "applied":
    case "merged":
    case "duplicate":
      return { n, status: result.status, seq: result.seq };
    case "unchanged":
      return { n, status: "applied", seq: result.seq };
    case "rejected":
      return { n, status: "rejected", code: result.code, path: result.path, message: result.message };
  }
}
