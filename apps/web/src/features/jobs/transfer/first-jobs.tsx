import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";

const ImportDialog = lazy(async () => ({ default: (await import("./import-dialog.tsx")).ImportDialog }));
const RescueDialog = lazy(async () => ({ default: (await import("./rescue-dialog.tsx")).RescueDialog }));

/** The ways to bring jobs into an empty room: those of an older app, and those that a provider still has. */
export function FirstJobs() {
  const [open, setOpen] = useState<"import" | "rescue">();
  const close = () => setOpen(undefined);
  return (
    <>
      <Button onClick={() => setOpen("import")}>Import a job history…</Button>
      <Button onClick={() => setOpen("rescue")}>Rescue runs…</Button>
      <Suspense fallback={null}>
        {open === "import" && <ImportDialog onClose={close} />}
        {open === "rescue" && <RescueDialog onClose={close} />}
      </Suspense>
    </>
  );
}
