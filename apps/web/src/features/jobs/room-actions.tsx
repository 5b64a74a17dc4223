import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { Job } from "@safelight/shared";
import { lazy, memo, Suspense, useState } from "react";
import { useQueue } from "./queue/use-queue.ts";
import { ExportMenu, type Shown } from "./transfer/export-menu.tsx";

const QueuePanel = lazy(async () => ({ default: (await import("./queue/queue-panel.tsx")).QueuePanel }));
const ImportDialog = lazy(async () => ({
  default: (await import("./transfer/import-dialog.tsx")).ImportDialog,
}));
const RescueDialog = lazy(async () => ({
  default: (await import("./transfer/rescue-dialog.tsx")).RescueDialog,
}));
const ClearDialog = lazy(async () => ({
  default: (await import("./transfer/clear-dialog.tsx")).ClearDialog,
}));

type Open = "queue" | "import" | "rescue" | "clear" | undefined;

interface RoomActionsProps {
  readonly all: readonly Job[];
  /** What the table shows, asked for when it is needed. */
  readonly shown: () => Shown;
  readonly queued: number;
  readonly providerName: (id: string) => string;
  readonly onTrash: (ids: readonly string[]) => void;
}

/** What can be done with the whole table. */
export const RoomActions = memo(function RoomActions(props: RoomActionsProps) {
  const { all, shown, queued, providerName, onTrash } = props;
  const [open, setOpen] = useState<Open>();
  const queue = useQueue();
  const navigate = useNavigate();
  const close = () => setOpen(undefined);
  return (
    <>
      <ExportMenu shown={shown} />
      <button
        type="button"
        data-on={queue.isPaused || undefined}
        title={queue.isPaused ? "Nothing is sent at the moment" : "What is under way goes on"}
        onClick={() => queue.setPaused(!queue.isPaused)}
      >
        {queue.isPaused ? "Queue paused · go on" : "Pause queue"}
      </button>
      {queued > 0 && (
        <button type="button" onClick={() => setOpen("queue")}>
          {queued} queued
        </button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" aria-label="More for all jobs">
            <IconDots size={16} stroke={1.7} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate({ to: "/jobs/analytics" })}>Analytics</Menu.Item>
          <Menu.Item onClick={() => setOpen("queue")}>Order of the queue</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setOpen("import")}>Import a job history…</Menu.Item>
          <Menu.Item onClick={() => setOpen("rescue")}>Rescue runs…</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setOpen("clear")}>Clear the history…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {open === "queue" && <QueuePanel jobs={all} providerName={providerName} onClose={close} />}
        {open === "import" && <ImportDialog onClose={close} />}
        {open === "rescue" && <RescueDialog onClose={close} />}
        {open === "clear" && <ClearDialog jobs={all} onClear={onTrash} onClose={close} />}
      </Suspense>
    </>
  );
});
