import { CSV_HEAD, csvLineOf, type Job } from "@safelight/shared";
import { saveFile } from "../../../components/save-file.ts";

/** Saves jobs as a file, made on this device: the same CSV and JSON as the server's. */
export function saveJobs(jobs: readonly Job[], format: "csv" | "json"): void {
  const day = new Date().toISOString().slice(0, 10);
  const parts =
    format === "csv"
      ? [CSV_HEAD, ...jobs.map(csvLineOf)]
      : ['{"jobs":[\n', jobs.map((job) => JSON.stringify(job)).join(",\n"), "\n]}\n"];
  const type = format === "csv" ? "text/csv;charset=utf-8" : "application/json";
  saveFile(new Blob(parts, { type }), `jobs-${day}.${format}`);
}
