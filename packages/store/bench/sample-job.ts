import type { JsonObject } from "@safelight/shared";

export function jobId(at: number): string {
  return `job-01890000-0000-7000-8000-${at.toString(16).padStart(12, "0")}`;
}

const WORDS =
  "lighthouse at dawn over a quiet harbour, soft film grain, warm key light, long exposure, 35 mm";

/** Fields of a job that make a record of about 550 bytes. */
export function jobFields(at: number): JsonObject {
  return {
    kind: "image",
    provider: "local",
    model: "paint-1",
    prompt: `${WORDS}, variation ${at}`,
    params: { width: 1024, height: 1024, steps: 28, guidanceScale: 7.5, seed: at },
  };
}

/** What a run changes of its job, different each time. */
export function progressOf(operation: number): JsonObject {
  return { progress: (operation % 997) / 997, step: `step ${operation}` };
}

/** A whole record as the peers keep it, of the same size. */
export function jobRecord(at: number, operation: number): JsonObject {
  const now = new Date(1_700_000_000_000 + operation).toISOString();
  return {
    id: jobId(at),
    rev: operation,
    createdAt: now,
    updatedAt: now,
    number: at,
    ...jobFields(at),
    status: "running",
    charge: { state: "none" },
    results: [],
    ...progressOf(operation),
  };
}
