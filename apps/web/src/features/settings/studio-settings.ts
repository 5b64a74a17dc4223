import { shaped, shapedList } from "../../api/shaped.ts";
import { counted, formatBytes } from "../../domain/format.ts";

/** One thing that the studio was started with, in words. */
export interface StudioFact {
  readonly title: string;
  readonly value: string;
}

/** The facts of an answer of `/api/settings/studio`. Throws `FetchError` for another answer. */
export function parseStudioFacts(answer: unknown): readonly StudioFact[] {
  const settings = shaped(answer, {
    runDeadlines: "list",
    trashDays: "number",
    historyDays: "number",
    historyMaxBytes: "number",
    maxUploadBytes: "number",
    maxPixels: "number",
  });
  const { publicUrl } = settings as { readonly publicUrl?: unknown };
  const deadlines = shapedList(settings.runDeadlines, { kind: "string", hours: "number" });
  return [
    {
      title: "Providers reach it at",
      value: typeof publicUrl === "string" ? publicUrl : "no address: it asks them",
    },
    {
      title: "A run is told to stop after",
      value: deadlines.map(({ kind, hours }) => `${kind} ${formatHours(hours)}`).join(", "),
    },
    {
      title: "The trash is kept for",
      value: settings.trashDays === 0 ? "ever" : counted(settings.trashDays, "day"),
    },
    {
      title: "Older versions are kept for",
      value: `${settings.historyDays === 0 ? "ever" : counted(settings.historyDays, "day")}, up to ${formatBytes(settings.historyMaxBytes)}`,
    },
    { title: "Largest file", value: formatBytes(settings.maxUploadBytes) },
    { title: "Largest picture", value: `${Math.round(settings.maxPixels / 1e6)} megapixels` },
  ];
}

function formatHours(hours: number): string {
  return hours < 1 ? `${Math.round(hours * 60)} min` : `${Math.round(hours * 10) / 10} h`;
}
