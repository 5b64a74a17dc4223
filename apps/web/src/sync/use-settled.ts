import { useState } from "react";
import { useSyncStatus } from "./use-sync-status.ts";

/** Whether, since the component was shown, everything was at the server once: its own bytes too, then. */
export function useSettled(): boolean {
  const { state } = useSyncStatus();
  const [settled, setSettled] = useState(state === "saved");
  if (!settled && state === "saved") setSettled(true);
  return settled;
}
