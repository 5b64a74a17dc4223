import { Menu } from "@mantine/core";
import type { Job, JobChoice } from "@safelight/shared";
import { useLink } from "../../../sync/use-link.ts";
import { JOB_FORMATS, type JobFormat, saveJobs } from "./save-jobs.ts";

/** More than these are the server's to write, if it is there: a page holds the whole file. */
const MOST_MADE_HERE = 10_000;

interface ExportItemsProps {
  readonly jobs: readonly Job[];
  /** How the server can be asked for the same jobs, if it can. */
  readonly choice?: JobChoice;
  /** "Export as CSV" rather than "CSV". */
  readonly spelled?: boolean;
}

/** The formats that jobs can be saved in. */
export function ExportItems({ jobs, choice, spelled = false }: ExportItemsProps) {
  const isOnline = useLink() === "online";
  return JOB_FORMATS.map(({ format, label }) => {
    const words = spelled ? `Export as ${label}` : label;
    return choice !== undefined && isOnline && jobs.length > MOST_MADE_HERE ? (
      <Menu.Item key={format} component="a" href={exportAddress(choice, format)} download>
        {words}
      </Menu.Item>
    ) : (
      <Menu.Item key={format} onClick={() => void saveJobs(jobs, format)}>
        {words}
      </Menu.Item>
    );
  });
}

function exportAddress(choice: JobChoice, format: JobFormat): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(choice)) query.set(name, String(value));
  return `/api/jobs/export?${query.toString()}`;
}
