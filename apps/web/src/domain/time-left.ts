import type { Job } from "@safelight/shared";
import { formatSeconds } from "./format.ts";

/** Before this share of the work the rate says too little. */
const ENOUGH = 0.08;

/** How long a running job still takes at its rate so far, "about 6 s left"; empty while that cannot be told. */
export function timeLeftWords(job: Pick<Job, "status" | "progress" | "startTime">, nowMs: number): string {
  if (job.status !== "running" || job.startTime === undefined || job.progress < ENOUGH) return "";
  const elapsed = (nowMs - job.startTime) / 1000;
  const left = (elapsed * (1 - job.progress)) / job.progress;
  if (left < 1) return "";
  return left < 60 ? `about ${Math.ceil(left)} s left` : `about ${formatSeconds(left)} left`;
}
