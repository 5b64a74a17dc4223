import type { Job } from "@safelight/shared";
import { formatDate } from "../../../domain/format.ts";
import styles from "./job-detail.module.css";
import { chargeWords, paramRows } from "../job-words.ts";

export function JobFacts({ job, providerName }: { job: Job; providerName: string }) {
  const charge = chargeWords(job);
  const rows: readonly (readonly [string, string])[] = [
    ["Prompt", job.prompt],
    ...(job.negativePrompt === undefined ? [] : [["Negative", job.negativePrompt] as const]),
    ["Model", job.model === undefined ? providerName : `${providerName} · ${job.model}`],
    ...paramRows(job),
    ...(charge === "" ? [] : [["Charge", charge === "?" ? "not known" : charge] as const]),
    ["Asked for", formatDate(job.createdAt)],
  ];
  return (
    <dl className={styles["facts"]}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
