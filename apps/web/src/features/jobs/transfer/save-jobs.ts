import { CSV_HEAD, csvLineOf, type Job, jobSheet } from "@safelight/shared";
import { saveFile } from "../../../components/save-file.ts";
import { inSlices } from "../../../domain/in-slices.ts";

export type JobFormat = "csv" | "xlsx" | "json";

export const JOB_FORMATS: readonly { readonly format: JobFormat; readonly label: string }[] = [
  { format: "csv", label: "CSV" },
  { format: "xlsx", label: "Excel" },
  { format: "json", label: "JSON" },
];

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Saves jobs as a file, made on this device: the same as the server makes. */
export async function saveJobs(jobs: readonly Job[], format: JobFormat): Promise<void> {
  saveFile(await fileOf(jobs, format), `jobs-${new Date().toISOString().slice(0, 10)}.${format}`);
}

async function fileOf(jobs: readonly Job[], format: JobFormat): Promise<Blob> {
  switch (format) {
    case "csv":
      return new Blob([CSV_HEAD, await linesOf(jobs, csvLineOf)], { type: "text/csv;charset=utf-8" });
    case "json": {
      let lead = "";
      const line = (job: Job) => {
        const text = lead + JSON.stringify(job);
        lead = ",\n";
        return text;
      };
      return new Blob(['{"jobs":[\n', await linesOf(jobs, line), "\n]}\n"], { type: "application/json" });
    }
    case "xlsx":
      return workbookOf(jobs);
  }
}

async function workbookOf(jobs: readonly Job[]): Promise<Blob> {
  const { default: JSZip } = await import("jszip");
  const { parts, path, head, tail, mostRows, row } = jobSheet();
  const archive = new JSZip();
  for (const [name, xml] of parts) archive.file(name, xml);
  const rows = await linesOf(jobs.slice(0, mostRows), row);
  archive.file(path, new Blob([head, rows, tail]));
  return archive.generateAsync({ type: "blob", compression: "DEFLATE", mimeType: XLSX });
}

/** The lines of many jobs, while the screen goes on being drawn. */
async function linesOf(jobs: readonly Job[], write: (job: Job) => string): Promise<Blob> {
  const lines: string[] = [];
  await inSlices(jobs, (job) => lines.push(write(job)));
  return new Blob(lines);
}
