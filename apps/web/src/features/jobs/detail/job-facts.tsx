import type { Job } from "@safelight/shared";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useModelName } from "../../../api/use-model-name.ts";
import { formatDate, formatUsd } from "../../../domain/format.ts";
import { useRecord } from "../../../sync/use-record.ts";
import { chargeWords, paramRows } from "../job-words.ts";
import styles from "./job-detail.module.css";

export function JobFacts({ job, providerName }: { job: Job; providerName: string }) {
  const modelName = useModelName();
  const repeated = useRecord("jobs", job.repeats);
  const rows: readonly (readonly [string, ReactNode])[] = [
    ["Prompt", job.prompt],
    ["Negative", job.negativePrompt],
    [
      "Model",
      job.model === undefined ? providerName : `${providerName} · ${modelName(job.model, job.provider)}`,
    ],
    ...paramRows(job),
    ["Charge", chargeSentence(job)],
    ["Asked for", formatDate(job.createdAt)],
    [
      "Repeats",
      job.repeats !== undefined && (
        <Link to="/jobs/$jobId" params={{ jobId: job.repeats }}>
          {repeated?.number === undefined ? "an earlier job" : `job ${repeated.number}`}
        </Link>
      ),
    ],
    [
      "Together with",
      job.batchId !== undefined && (
        <Link to="/jobs" search={{ batch: job.batchId }}>
          the others of its batch
        </Link>
      ),
    ],
  ];
  return (
    <dl className={styles["facts"]}>
      {rows
        .filter(([, value]) => value !== undefined && value !== "" && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What it cost and who says so, and what was thought beforehand. */
function chargeSentence(job: Job): string {
  const { charge, estimate } = job;
  const thought =
    estimate?.usd === undefined || estimate.state === "none" ? "" : `${formatUsd(estimate.usd)} estimated`;
  switch (charge.state) {
    case "none":
      return chargeWords(job);
    case "estimated":
      return charge.usd === undefined ? "estimated" : `${formatUsd(charge.usd)}, estimated`;
    case "reported":
      return [
        charge.usd === undefined ? "reported" : `${formatUsd(charge.usd)}, reported by the provider`,
        estimate?.usd === charge.usd ? "" : thought,
      ]
        .filter(Boolean)
        .join("; ");
    case "unknown":
      return charge.usd === undefined ? "not known" : `not known, about ${formatUsd(charge.usd)}`;
  }
}
