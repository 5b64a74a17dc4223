import type { Job } from "../records/job.ts";
import { csvText } from "./csv-text.ts";

/** One value of a table: text, a number, a moment as epoch ms, or nothing. */
export type TableCell =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "date"; readonly value: number }
  | undefined;

export interface JobColumn {
  readonly title: string;
  /** In characters, for spreadsheets. */
  readonly width: number;
  readonly cell: (job: Job) => TableCell;
}

const text = (value: string | undefined): TableCell =>
  value === undefined || value === "" ? undefined : { type: "text", value };
const number = (value: unknown): TableCell =>
  typeof value === "number" && Number.isFinite(value) ? { type: "number", value } : undefined;
const date = (value: number | undefined): TableCell =>
  value === undefined || !Number.isFinite(value) ? undefined : { type: "date", value };

/** The columns of every export of jobs as a table. Titles are stable: scripts read them. */
export const JOB_COLUMNS: readonly JobColumn[] = [
  { title: "Number", width: 9, cell: (job) => number(job.number) },
  { title: "Status", width: 12, cell: (job) => text(job.status) },
  { title: "Kind", width: 10, cell: (job) => text(job.kind) },
  { title: "Provider", width: 12, cell: (job) => text(job.provider) },
  { title: "Model", width: 20, cell: (job) => text(job.model) },
  { title: "Prompt", width: 60, cell: (job) => text(job.prompt) },
  { title: "Negative prompt", width: 30, cell: (job) => text(job.negativePrompt) },
  { title: "Created", width: 20, cell: (job) => date(Date.parse(job.createdAt)) },
  { title: "Started", width: 20, cell: (job) => date(job.startTime) },
  { title: "Ended", width: 20, cell: (job) => date(job.endTime) },
  { title: "Duration (s)", width: 12, cell: (job) => number(job.duration) },
  { title: "Progress (%)", width: 12, cell: (job) => number(Math.round(job.progress * 100)) },
  { title: "Cost (USD)", width: 12, cell: (job) => number(job.charge.usd) },
  { title: "Cost is", width: 11, cell: (job) => text(job.charge.state) },
  { title: "Results", width: 9, cell: (job) => number(job.results.length) },
  { title: "Seed", width: 14, cell: (job) => number(job.params["seed"]) },
  { title: "Error", width: 40, cell: (job) => text(job.error?.message) },
  { title: "Id", width: 42, cell: (job) => text(job.id) },
];

/** A byte order mark first: without it Excel reads UTF-8 as something else. */
export const CSV_HEAD = `\uFEFF${csvRow(JOB_COLUMNS.map(({ title }) => text(title)))}`;

/** One job as a line of CSV (RFC 4180). */
export function csvLineOf(job: Job): string {
  return csvRow(JOB_COLUMNS.map(({ cell }) => cell(job)));
}

function csvRow(cells: readonly TableCell[]): string {
  return `${cells.map((cell) => csvCell(cell)).join(",")}\r\n`;
}

function csvCell(cell: TableCell): string {
  if (cell === undefined) return "";
  if (cell.type === "date") return new Date(cell.value).toISOString();
  if (cell.type === "number") return String(cell.value);
  return csvText(cell.value);
}
