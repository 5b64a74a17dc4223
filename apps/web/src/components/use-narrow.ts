import { useMediaQuery } from "@mantine/hooks";

/** Whether side panes must be sheets: under 900 px. */
export function useNarrow(): boolean {
  return useMediaQuery("(max-width: 900px)", undefined, { getInitialValueInEffect: false });
}
