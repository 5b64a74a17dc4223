import { useMemo } from "react";
import { useRecords } from "../sync/use-records.ts";
import { parseReport, TAKEOVER_SCOPE, type TakeoverReport } from "./core/takeover-report.ts";

/** Reports of what was taken over from older apps, newest first. */
export function useTakeoverReports(): readonly (TakeoverReport & { readonly id: string })[] {
  const drafts = useRecords("drafts");
  return useMemo(
    () =>
      drafts.flatMap(({ id, scope, state }) => {
        const report = scope === TAKEOVER_SCOPE ? parseReport(state) : undefined;
        return report === undefined ? [] : [{ ...report, id }];
      }),
    [drafts],
  );
}
