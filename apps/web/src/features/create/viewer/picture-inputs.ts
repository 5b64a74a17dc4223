import type { Job } from "@safelight/shared";

/** Hashes of the pictures that a job was given, wherever its provider's parameters hold them. */
export function picturesGivenTo(job: Pick<Job, "params">): readonly string[] {
  const found = new Set<string>();
  collect(job.params, found, 0);
  return [...found];
}

/** Jobs by the hash of each picture that they were given. */
export function jobsByInput(jobs: readonly Job[]): ReadonlyMap<string, readonly Job[]> {
  const byInput = new Map<string, Job[]>();
  for (const job of jobs) {
    for (const sha256 of picturesGivenTo(job)) {
      const known = byInput.get(sha256);
      if (known === undefined) byInput.set(sha256, [job]);
      else known.push(job);
    }
  }
  return byInput;
}

const DEEPEST = 4;

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return;
  const { sha256, mime } = value as { readonly sha256?: unknown; readonly mime?: unknown };
  if (typeof sha256 === "string" && typeof mime === "string") {
    if (mime.startsWith("image/")) found.add(sha256);
    return;
  }
  for (const inner of Array.isArray(value) ? value : Object.values(value)) collect(inner, found, depth + 1);
}
