import { Menu } from "@mantine/core";
import type { Job, JobChoice } from "@safelight/shared";
import { lazy, Suspense, useState } from "react";
import { counted } from "../../../domain/format.ts";

const ExportItems = lazy(async () => ({ default: (await import("./export-items.tsx")).ExportItems }));

/** What the table shows, and how that was asked for. */
export interface Shown {
  readonly jobs: readonly Job[];
  readonly choice: JobChoice;
}

const NOTHING: Shown = { jobs: [], choice: {} };

/** Saves what the table shows, also while the server is away. */
export function ExportMenu({ shown }: { shown: () => Shown }) {
  const [{ jobs, choice }, setAsked] = useState<Shown>(NOTHING);
  return (
    <Menu position="bottom-end" width={150} onOpen={() => setAsked(shown())}>
      <Menu.Target>
        <button type="button">Export</button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{counted(jobs.length, "job")}</Menu.Label>
        <Suspense fallback={null}>
          <ExportItems jobs={jobs} choice={choice} />
        </Suspense>
      </Menu.Dropdown>
    </Menu>
  );
}
