import type { Viewed } from "@safelight/sync";
import { formatExactTime, formatSeconds } from "../../../domain/format.ts";
import { isActive } from "../../../domain/job-status.ts";
import styles from "./job-detail.module.css";

interface Moment {
  readonly what: string;
  readonly more: string;
  /** ISO time or epoch ms; left out for what is going on now. */
  readonly at?: string | number;
  readonly tone: "ok" | "warn" | "bad" | "accent" | "line";
}

/** The course of a job as far as its record knows. */
export function JobTimeline({ job }: { job: Viewed<"jobs"> }) {
  return (
    <ol className={styles["timeline"]} aria-label="Course">
      {momentsOf(job).map(({ what, more, at, tone }) => (
        <li key={what} style={{ ["--tone" as string]: `var(--${tone})` }}>
          {at !== undefined && <time>{formatExactTime(at)}</time>}
          <b>{what}</b> {more}
        </li>
      ))}
    </ol>
  );
}

function momentsOf(job: Viewed<"jobs">): readonly Moment[] {
  const kept = job.number === undefined ? "and kept on this device" : "";
  const moments: Moment[] = [{ what: "Asked for", more: kept, at: job.createdAt, tone: "ok" }];
  if (job.number !== undefined) {
    moments.push({ what: "Saved", more: `on the server as number ${job.number}`, tone: "ok" });
  }
  if (job.startTime !== undefined) moments.push({ what: "Started", more: "", at: job.startTime, tone: "ok" });
  if (job.cancelRequested === true) moments.push({ what: "Cancel", more: "was asked for", tone: "warn" });
  if (isActive(job)) {
    const more = job.step ?? (job.number === undefined ? "waits for the server" : job.status);
    moments.push({ what: "Now:", more, tone: "accent" });
  } else {
    moments.push(ending(job));
  }
  return moments;
}

function ending(job: Viewed<"jobs">): Moment {
  const at = job.endTime === undefined ? {} : { at: job.endTime };
  const after = job.duration === undefined ? "" : `after ${formatSeconds(job.duration)}`;
  if (job.status === "succeeded") return { what: "Succeeded", more: after, tone: "ok", ...at };
  if (job.status === "canceled") return { what: "Canceled", more: after, tone: "line", ...at };
  if (job.status === "unknown") return { what: "Unknown", more: "what became of it", tone: "warn", ...at };
  return { what: "Failed", more: after, tone: "bad", ...at };
}
