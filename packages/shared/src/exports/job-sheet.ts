import type { Job } from "../records/job.ts";
import { JOB_COLUMNS } from "./job-table.ts";
import { MAX_SHEET_ROWS, SHEET_TAIL, sheetHead, sheetRow, workbookParts } from "./workbook-parts.ts";

/** A workbook of jobs, whoever packs its parts: a ZIP archive of them is an .xlsx file. */
export interface JobSheet {
  /** The small parts, by their path in the archive. */
  readonly parts: ReadonlyMap<string, string>;
  /** Path of the sheet, which is `head`, a `row` for each job, and `tail`. */
  readonly path: string;
  readonly head: string;
  readonly tail: string;
  /** Most jobs that fit. */
  readonly mostRows: number;
  /** Rows count up with every call. */
  readonly row: (job: Job) => string;
}

/** A sheet of its own: rows are numbered from the first. */
export function jobSheet(): JobSheet {
  let number = 1;
  return {
    parts: workbookParts("Jobs"),
    path: "xl/worksheets/sheet1.xml",
    head: sheetHead(JOB_COLUMNS),
    tail: SHEET_TAIL,
    mostRows: MAX_SHEET_ROWS - 1,
    row: (job) => {
      number += 1;
      return sheetRow(
        JOB_COLUMNS.map(({ cell }) => cell(job)),
        number,
      );
    },
  };
}
