import type { JobStatus } from "@safelight/shared";
import type { Viewed } from "@safelight/sync";
import { formatExactTime, formatSeconds } from "../../../domain/format.ts";
import { isActive, jobStatusWords } from "../../../domain/job-status.ts";
import type { Tone } from "../../../domain/status-words.ts";
import styles from "./job-detail.module.css";
import { type LogLine, type PlaceNames, wordsOfLine } from "./job-log-lines.ts";

interface Moment {
  readonly what: string;
  readonly more: string;
  /** ISO time or epoch ms; left out where only the order is known. */
  readonly at?: string | number;
  readonly tone: Tone | "line";
}

interface JobTimelineProps {
  readonly job: Viewed<"jobs">;
  readonly lines: readonly LogLine[];
  readonly names: PlaceNames;
}

/** Every state that a job was in, with its time: by its log where the server told that, else as far as its record knows. */
export function JobTimeline({ job, lines, names }: JobTimelineProps) {
  const told = lines.filter(({ kind }) => kind === "state");
  const moments = told.length === 0 ? momentsOfRecord(job) : momentsOfLog(job, told, names);
  return (
    <ol className={styles["timeline"]} aria-label="Course">
      {moments.map(({ what, more, at, tone }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a job can be in one state twice
        <li key={index} style={{ ["--tone" as string]: `var(--${tone})` }}>
          {at !== undefined && <time dateTime={new Date(at).toISOString()}>{formatExactTime(at)}</time>}
          <b>{what}</b> {more}
        </li>
      ))}
    </ol>
  );
}

function momentsOfLog(job: Viewed<"jobs">, told: readonly LogLine[], names: PlaceNames): readonly Moment[] {
  const moments: Moment[] = [
    { what: "Asked for", more: savedWords(job), at: job.createdAt, tone: "ok" },
    ...told
      .filter(({ status }, index) => status !== "queued" || index > 0)
      .map((line): Moment => {
        const { at, status } = line;
        const [what = "", ...more] = wordsOfLine(line, names);
        return { what, more: more.join(", "), ...(at === undefined ? {} : { at }), tone: toneOf(status) };
      }),
  ];
  const last = told.at(-1);
  if (job.cancelRequested === true && isActive(job))
    moments.push({ what: "Cancel", more: "was asked for", tone: "warn" });
  if (isActive(job)) moments.push(nowMoment(job));
  else if (last?.status !== job.status) moments.push(ending(job));
  return moments;
}

function momentsOfRecord(job: Viewed<"jobs">): readonly Moment[] {
  const moments: Moment[] = [{ what: "Asked for", more: savedWords(job), at: job.createdAt, tone: "ok" }];
  if (job.startTime !== undefined) moments.push({ what: "Started", more: "", at: job.startTime, tone: "ok" });
  if (job.cancelRequested === true) moments.push({ what: "Cancel", more: "was asked for", tone: "warn" });
  moments.push(isActive(job) ? nowMoment(job) : ending(job));
  return moments;
}

function savedWords(job: Viewed<"jobs">): string {
  return job.number === undefined ? "and kept on this device" : `and saved as number ${job.number}`;
}

function nowMoment(job: Viewed<"jobs">): Moment {
  const more =
    job.step ?? (job.number === undefined ? "waits for the server" : jobStatusWords(job).word.toLowerCase());
  return { what: "Now:", more, tone: "accent" };
}

function toneOf(status: JobStatus | undefined): Moment["tone"] {
  if (status === undefined) return "line";
  const { tone } = jobStatusWords({ status, number: 1 });
  return tone === "accent" || tone === "info" ? "ok" : tone === "faint" ? "line" : tone;
}

function ending(job: Viewed<"jobs">): Moment {
  const at = job.endTime === undefined ? {} : { at: job.endTime };
  const after = job.duration === undefined ? "" : `after ${formatSeconds(job.duration)}`;
  if (job.status === "succeeded") return { what: "Succeeded", more: after, tone: "ok", ...at };
  if (job.status === "canceled") return { what: "Canceled", more: after, tone: "line", ...at };
  if (job.status === "unknown") return { what: "Unknown", more: "what became of it", tone: "warn", ...at };
  return { what: "Failed", more: after, tone: "bad", ...at };
}
