import type { JobKind, JobStatus } from "@safelight/shared";
import { JOB_STATUS_OPTIONS } from "../../domain/job-status.ts";

export const JOB_KINDS: readonly { readonly value: JobKind; readonly label: string }[] = [
  { value: "image", label: "Image" },
  { value: "sprite", label: "Sprite" },
  { value: "video", label: "Video" },
  { value: "training", label: "Training" },
  { value: "chat", label: "Chat" },
];

/** The filters of the Jobs room, kept in its address. `active` stands for every status that moves on by itself. */
export interface JobsSearch {
  readonly status?: JobStatus | "active";
  readonly provider?: string;
  readonly kind?: JobKind;
}

export function parseJobsSearch(search: Record<string, unknown>): JobsSearch {
  const status =
    search["status"] === "active"
      ? "active"
      : JOB_STATUS_OPTIONS.find(({ value }) => value === search["status"])?.value;
  const kind = JOB_KINDS.find(({ value }) => value === search["kind"])?.value;
  const { provider } = search;
  return {
    ...(status === undefined ? {} : { status }),
    ...(typeof provider === "string" && provider !== "" ? { provider } : {}),
    ...(kind === undefined ? {} : { kind }),
  };
}
