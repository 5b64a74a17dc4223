import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";
import { type Find, type KeptEntry, NOTHING_FOUND } from "./found.ts";
import { keptId, stableId } from "./stable-id.ts";

/**
 * The older dashboard's job list, `{jobs, lastJobId}` or the bare list, under whatever key; `undefined` for what is
 * none. Its jobs are for the server, which merges them by their ids and never runs one.
 */
export function findJobs({ key }: KeptEntry, value: Json): Find | undefined {
  const list = isJsonObject(value) ? value["jobs"] : value;
  if (!Array.isArray(list) || list.length === 0 || !list.some(isJob)) return undefined;
  const entries = list.filter(isJob).map((job) => ({ ...job, id: idOf(job) }));
  return {
    ...NOTHING_FOUND,
    what: "Job history",
    keys: [key],
    posts: { to: "jobs", entries },
    unreadable: list.flatMap((entry, index) =>
      isJob(entry)
        ? []
        : [{ place: `${key}, entry ${index + 1}`, reason: "It is no job: it has no id or no prompt." }],
    ),
  };
}

function isJob(entry: Json): entry is JsonObject {
  return (
    isJsonObject(entry) &&
    (typeof entry["id"] === "string" || typeof entry["id"] === "number") &&
    typeof entry["prompt"] === "string" &&
    ("status" in entry || "startTime" in entry) &&
    !("url" in entry)
  );
}

function idOf({ id, prompt, createdAt }: JsonObject): string {
  return keptId("job", typeof id === "number" ? `job-${id}` : id, prompt ?? null, createdAt ?? null);
}

/** What tells the jobs of two dashboards apart that both counted from 1. */
interface KnownJob {
  readonly createdAt: string;
  readonly prompt: string;
}

/** The entry under an id of its own where the studio has another job by its id. */
export function placedJob(entry: JsonObject, known: KnownJob | undefined): JsonObject {
  if (known === undefined) return entry;
  const { id, createdAt, prompt } = entry;
  const isSame =
    typeof createdAt === "number"
      ? Date.parse(known.createdAt) === Math.trunc(createdAt)
      : known.prompt === prompt;
  return isSame ? entry : { ...entry, id: stableId("job", id ?? null, createdAt ?? null, prompt ?? null) };
}
