import { faultMessage, isJsonObject, type Job, type JsonObject } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { isDataUrl, parseDataUrl } from "../media/data-url.ts";
import { importedJobOf, numberInJobId } from "../older-apps/imported-job.ts";
import { LegacyJob } from "../older-apps/legacy-job.ts";
import { planJobHistory } from "../older-apps/plan-job-history.ts";
import type { FileNotes } from "./core/import-report.ts";
import { entriesOf } from "./core/tidy-entry.ts";
import { derivedId, secondId } from "./derived-id.ts";
import { type ImportContext, takePicture } from "./import-context.ts";
import type { OldPicture } from "./inspect-picture.ts";

const check = TypeCompiler.Compile(LegacyJob);

interface OldJob {
  readonly job: LegacyJob;
  readonly entry: string;
}

/** Takes the jobs of a `job_history.json` in. Answers the file's `lastJobId`, where it has one. */
export async function importJobHistory(
  value: unknown,
  { context, notes, store }: { context: ImportContext; notes: FileNotes; store: Store },
): Promise<number | undefined> {
  const entries = entriesOf(value, ["jobs"]);
  if (entries === undefined) {
    notes.unusable("the file", "it has no list of jobs");
    return undefined;
  }
  const jobs = entries.flatMap((entry, index) => readEntry(entry, index, notes) ?? []);
  // The counted ones first and in order, so that each keeps its number and the store counts on from the highest.
  jobs.sort((a, b) => (numberInJobId(a.job.id) ?? Infinity) - (numberInJobId(b.job.id) ?? Infinity) || 0);
  let lastNumber = store.lastNumber("jobs");
  for (const old of jobs) lastNumber = await importJob(old, lastNumber, context, notes);
  const lastJobId = isJsonObject(value) ? value["lastJobId"] : undefined;
  return typeof lastJobId === "number" && Number.isSafeInteger(lastJobId) && lastJobId <= 999_999_999
    ? lastJobId
    : undefined;
}

function readEntry(value: unknown, index: number, notes: FileNotes): OldJob | undefined {
  const id = isJsonObject(value) ? value["id"] : undefined;
  const entry = `jobs[${index}]${typeof id === "string" ? ` (${id.slice(0, 60)})` : ""}`;
  if (check.Check(value)) return { job: value, entry };
  const fault = check.Errors(value).First();
  notes.unusable(
    entry,
    fault === undefined ? "it does not fit" : `${fault.path} ${faultMessage(fault)}`.trim(),
  );
  return undefined;
}

/** Answers the highest number that jobs have now. */
async function importJob(
  { job, entry }: OldJob,
  lastNumber: number,
  context: ImportContext,
  notes: FileNotes,
): Promise<number> {
  const { writer } = context;
  const { id, record } = placeOf(job, context, notes, entry);
  const imported = record === undefined ? undefined : importedJobOf(record);
  const url = job.result ?? "";
  const heldContent = imported?.result?.contentId;
  const isComplete =
    imported === undefined ||
    url === "" ||
    (heldContent !== undefined && writer.get("contents", heldContent) !== undefined);
  if (record !== undefined && (record.deletedAt !== undefined || isComplete)) {
    notes.present();
    return lastNumber;
  }
  const asked = { url, folder: "", picturesIn: ["generated", "uploads"], name: id };
  const picture = await takePicture(context, asked, { notes, entry });
  if (record !== undefined && picture === undefined) {
    notes.present();
    return lastNumber;
  }
  const steps = planJobHistory([keptJob(job, id, picture)], {
    jobOf: () => record,
    hasContent: (contentId) => writer.get("contents", contentId) !== undefined,
    lastNumber,
    newContentId: () => derivedId("content", id, picture?.ref.sha256),
  });
  const pictures = picture === undefined ? [] : [picture];
  await writer.propose({
    entry,
    notes,
    steps,
    pictures,
    outcome: record === undefined ? "added" : "completed",
  });
  return record === undefined ? Math.max(lastNumber, numberInJobId(id) ?? 0) : lastNumber;
}

/** Where an entry belongs: under its own id, or under a second one where that is another job's. */
function placeOf(
  job: LegacyJob,
  { writer }: ImportContext,
  notes: FileNotes,
  entry: string,
): { readonly id: string; readonly record: Job | undefined } {
  const record = writer.get("jobs", job.id);
  if (record === undefined || isSameJob(record, job)) return { id: job.id, record };
  const id = secondId(job.id, job.createdAt ?? undefined, job.prompt, job.startTime ?? undefined);
  notes.note(`${entry} has the id of another job in the studio; it goes by ${id} here`);
  return { id, record: writer.get("jobs", id) };
}

function isSameJob(record: Job, { createdAt, prompt }: LegacyJob): boolean {
  if (typeof createdAt === "number") return Date.parse(record.createdAt) === Math.trunc(createdAt);
  return record.prompt === (prompt ?? "");
}

function keptJob(job: LegacyJob, id: string, picture: OldPicture | undefined) {
  const { result, ...rest } = job;
  const entry: JsonObject = { ...(rest as JsonObject), id };
  if (picture !== undefined) {
    const prefix = (result !== undefined && result !== null && parseDataUrl(result)?.prefix) || "";
    const { ref } = picture;
    const shown = prefix === "" ? `data:${ref.mime};base64,` : prefix;
    return { id, fields: entry, picture: { sha256: ref.sha256, prefix: shown, blob: ref } };
  }
  // A picture that is damaged has no use as text, and would make the record as long as the file.
  const kept = typeof result === "string" && isDataUrl(result) ? null : result;
  return { id, fields: kept === undefined ? entry : { ...entry, result: kept } };
}
