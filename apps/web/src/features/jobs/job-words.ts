import type { Job } from "@safelight/shared";
import { formatClock, formatSeconds, formatUsd } from "../../domain/format.ts";
import { fieldWords } from "../../domain/field-words.ts";
import { isActive } from "../../domain/job-status.ts";

/** What a job is called: its prompt, or what it does where it has none. */
export function jobTitle({ prompt, kind, params }: Pick<Job, "prompt" | "kind" | "params">): string {
  if (prompt !== "") return prompt;
  const steps = params["steps"];
  if (kind === "training") return `Training${typeof steps === "number" ? `, ${steps} steps` : ""}`;
  return "(no prompt)";
}

/** What a job cost, in a word: "free", "$0.035", "about $0.04", "?"; nothing while it is open. */
export function chargeWords({ charge, status }: Pick<Job, "charge" | "status">): string {
  switch (charge.state) {
    case "none":
      return isActive({ status }) ? "" : "free";
    case "estimated":
      return charge.usd === undefined ? "?" : `about ${formatUsd(charge.usd)}`;
    case "reported":
      return charge.usd === undefined ? "?" : formatUsd(charge.usd);
    case "unknown":
      return "?";
  }
}

/** How long a job took, or has been at it: "0:03". `now` in epoch ms. */
export function tookWords(job: Pick<Job, "status" | "duration" | "startTime">, now: number): string {
  if (job.duration !== undefined) return shortTime(job.duration);
  if (isActive(job)) {
    return job.startTime === undefined || now === 0 ? "" : formatClock((now - job.startTime) / 1000);
  }
  return "—";
}

function shortTime(seconds: number): string {
  return seconds < 60 ? formatSeconds(seconds) : formatClock(seconds);
}

/** What providers call differently. */
const PARAM_WORDS: Readonly<Record<string, string>> = {
  guidanceScale: "Guidance",
  guidance_scale: "Guidance",
  cfg_scale: "Guidance",
  num_inference_steps: "Steps",
  num_images: "Pictures",
  loras: "LoRAs",
};

/** A job's parameters as people read them, in a fixed order; the rest in words made of their own names. */
export function paramRows(job: Pick<Job, "params">): readonly (readonly [string, string])[] {
  const { width, height, seed, steps, guidance, count, ...rest } = job.params;
  const rows: [string, string][] = [];
  if (width !== undefined && height !== undefined) rows.push(["Size", `${plain(width)} × ${plain(height)}`]);
  const known = [
    ["Pictures", count],
    ["Seed", seed],
    ["Steps", steps],
    ["Guidance", guidance],
  ] as const;
  for (const [name, value] of known) {
    if (isGiven(value)) rows.push([name, plain(value)]);
  }
  for (const [name, value] of Object.entries(rest))
    if (isGiven(value)) rows.push([PARAM_WORDS[name] ?? fieldWords(name), plain(value)]);
  return rows;
}

/** Older apps wrote `null` for what was left to the provider. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function plain(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}
