import { ACTIVE_JOB_STATUSES, type JsonObject } from "@safelight/shared";
import { type PublishedCommit, type Store, StoreError } from "@safelight/store";
import { JUST_QUEUED, linesOfJob, remarkLine, type ToldJob, toldOf } from "./core/job-log-lines.ts";
import type { RunnerLog } from "./job-drive.ts";

export interface JobLogOptions {
  readonly store: Pick<Store, "get" | "scan" | "subscribe" | "logs">;
  readonly log: RunnerLog;
  /** Current time in epoch ms. */
  readonly now: () => number;
}

/** Keeps each job's log: every state that is committed, whoever did it, and what the runner remarks. */
export interface JobLog {
  /** The runner's log, whose remarks about a job go into that job's log too. */
  readonly runnerLog: RunnerLog;
  start(): void;
  /** Resolves when all that was said is written. */
  stop(): Promise<void>;
}

export function createJobLog({ store, log, now }: JobLogOptions): JobLog {
  const told = new Map<string, ToldJob>();
  const writing = new Set<Promise<void>>();
  let release: () => void = () => undefined;

  function write(jobId: string, lines: readonly JsonObject[]): void {
    if (lines.length === 0) return;
    const written = store.logs.append(jobId, ...lines).catch((error: unknown) => {
      // A log tells what happened; it must not keep anything from happening.
      if (error instanceof StoreError && error.code === "store.closed") return;
      log.warn({ error }, "a job's log could not be written");
    });
    writing.add(written);
    void written.finally(() => writing.delete(written));
  }

  function onCommit({ at, changes }: PublishedCommit): void {
    for (const { collection, id, op } of changes) {
      if (collection !== "jobs") continue;
      const job = store.get("jobs", id);
      const before = told.get(id);
      if (job === undefined) {
        told.delete(id);
        continue;
      }
      const isActive = ACTIVE_JOB_STATUSES.has(job.status);
      // An edit of a job that was over before this process came is no news of its run.
      if (before === undefined && !isActive && op !== "create") continue;
      const news = linesOfJob(before, job, at);
      if (isActive || job.status === "unknown") told.set(id, news.told);
      else told.delete(id);
      write(id, news.lines);
    }
  }

  function remark(kind: "note" | "problem", details: object, message: string): void {
    const jobId: unknown = Reflect.get(details, "jobId");
    if (typeof jobId !== "string") return;
    write(jobId, [remarkLine(new Date(now()).toISOString(), kind, message, Reflect.get(details, "error"))]);
  }

  return {
    runnerLog: {
      info(details, message) {
        log.info(details, message);
        remark("note", details, message);
      },
      warn(details, message) {
        log.warn(details, message);
        remark("problem", details, message);
      },
      error(details, message) {
        log.error(details, message);
        remark("problem", details, message);
      },
    },
    start() {
      release = store.subscribe(onCommit);
      for (const job of store.scan("jobs")) {
        if (!ACTIVE_JOB_STATUSES.has(job.status)) continue;
        if (job.status === "queued") {
          told.set(job.id, job.rev === 1 ? JUST_QUEUED : toldOf(job));
          continue;
        }
        told.set(job.id, toldOf(job));
        const message = "The studio started again; the job goes on from where it stood.";
        write(job.id, [remarkLine(new Date(now()).toISOString(), "note", message, undefined)]);
      }
    },
    async stop() {
      release();
      await Promise.all(writing);
    },
  };
}
