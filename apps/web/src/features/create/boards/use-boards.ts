import type { Board } from "@safelight/shared";
import { useMemo } from "react";
import { useRecords } from "../../../sync/use-records.ts";

/** The boards by name. */
export function useBoards(): readonly Board[] {
  const boards = useRecords("boards");
  return useMemo(() => boards.toSorted((a, b) => a.name.localeCompare(b.name)), [boards]);
}
