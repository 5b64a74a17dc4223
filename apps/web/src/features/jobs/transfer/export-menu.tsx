import { Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Job, JobChoice } from "@safelight/shared";
import { useState } from "react";
import { counted } from "../../../domain/format.ts";
import { useLink } from "../../../sync/use-link.ts";
import { saveJobs } from "./save-jobs.ts";

/** What the table shows, and how that was asked for. */
export interface Shown {
  readonly jobs: readonly Job[];
  readonly choice: JobChoice;
}

const NOTHING: Shown = { jobs: [], choice: {} };

const FORMATS = [
  { format: "csv", label: "CSV" },
  { format: "xlsx", label: "Excel" },
  { format: "json", label: "JSON" },
] as const;

/** Saves what the table shows: made by the server, or on this device while the server is away. */
export function ExportMenu({ shown }: { shown: () => Shown }) {
  const [{ jobs, choice }, setAsked] = useState<Shown>(NOTHING);
  const isOnline = useLink() === "online";
  return (
    <Menu position="bottom-end" onOpen={() => setAsked(shown())}>
      <Menu.Target>
        <button type="button">Export</button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{counted(jobs.length, "job")}</Menu.Label>
        {FORMATS.map(({ format, label }) =>
          isOnline ? (
            <Menu.Item key={format} component="a" href={exportAddress(choice, format)} download>
              {label}
            </Menu.Item>
          ) : (
            <Menu.Item
              key={format}
              onClick={() => {
                if (format === "xlsx") {
                  notifications.show({
                    title: "Excel files are made by the server",
                    message: "It is away. CSV opens in Excel too.",
                  });
                } else saveJobs(jobs, format);
              }}
            >
              {label}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function exportAddress(choice: JobChoice, format: string): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(choice)) query.set(name, String(value));
  return `/api/jobs/export?${query.toString()}`;
}
