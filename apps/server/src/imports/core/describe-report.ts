import type { EntryNote, FileReport, ImportReport } from "./import-report.ts";

const MAX_LISTED = 20;

/** A report as text for a terminal. */
export function describeReport(report: ImportReport): string {
  const lines: string[] = [];
  for (const file of report.files) lines.push(...linesOfFile(file, report.applied), "");
  if (report.refused.length > 0) {
    lines.push("Not looked into:");
    for (const { file, reason } of report.refused) lines.push(`  ${file}: ${reason}`);
    lines.push("");
  }
  if (report.files.length === 0 && report.refused.length === 0) {
    lines.push(
      "No old files found. Name a folder with job_history.json, models.json, content.json or gallery/ in it.",
      "",
    );
  }
  return `${[...lines, summaryOf(report)].join("\n")}\n`;
}

function linesOfFile(file: FileReport, applied: boolean): readonly string[] {
  const { added, completed, present, unusable, missingPictures, notes } = file;
  const verb = applied ? "" : "would be ";
  const parts = [
    `${added} ${verb}added`,
    ...(completed > 0 ? [`${completed} ${verb}completed with their picture`] : []),
    `${present} there already`,
    ...(unusable.length > 0 ? [`${unusable.length} unusable`] : []),
  ];
  return [
    `${file.file} (${file.kind}): ${parts.join(", ")}`,
    ...notes.map((note) => `  note: ${note}`),
    ...listed("unusable", unusable),
    ...listed("picture missing", missingPictures),
  ];
}

function listed(label: string, items: readonly EntryNote[]): readonly string[] {
  const shown = items.slice(0, MAX_LISTED).map(({ entry, reason }) => `  ${label}: ${entry}: ${reason}`);
  const rest = items.length - shown.length;
  return rest > 0 ? [...shown, `  ${label}: and ${rest} more`] : shown;
}

function summaryOf({ applied, files }: ImportReport): string {
  const changes = files.reduce((sum, { added, completed }) => sum + added + completed, 0);
  if (changes === 0) return "Nothing to add.";
  if (applied) return `Done: ${changes} records. The old files are as they were.`;
  return `A dry run: nothing was changed. Run it again with --apply to take ${changes} records in.`;
}
