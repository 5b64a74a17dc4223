import { Menu } from "@mantine/core";
import type { Job, JobChoice } from "@safelight/shared";
import { lazy, Suspense, useState } from "react";
import { counted } from "../../../domain/format.ts";

const ExportItems = lazy(async () => ({ default: (await import("./export-items.tsx")).ExportItems }));

/** What the table shows, and how the server can be asked for the same in the same order, if it can. */
export interface Shown {
  readonly jobs: readonly Job[];
  readonly choice?: JobChoice;
}

const NOTHING: Shown = { jobs: [] };

/** Saves what the table shows, also while the server is away. */
export function ExportMenu({ shown }: { shown: () => Shown }) {
  const [asked, setAsked] = useState<Shown>(NOTHING);
  return (
    <Menu position="bottom-end" width={150} onOpen={() => setAsked(shown())}>
      <Menu.Target>
        <button type="button">Export</button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{counted(asked.jobs.length, "job")}</Menu.Label>
        <Suspense fallback={null}>
          <ExportItems {...asked} />
        </Suspense>
      </Menu.Dropdown>
    </Menu>
  );
}
