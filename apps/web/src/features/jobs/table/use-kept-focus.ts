import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { focusJobs } from "./focus-jobs.ts";

/** When the row that has the focus goes, the one that stands in its place gets it. `rows` is another when rows change. */
export function useKeptFocus(table: RefObject<HTMLElement | null>, rows: unknown): void {
  const isWithin = useRef(false);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      isWithin.current = target instanceof Element && table.current?.contains(target) === true;
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [table]);
  useLayoutEffect(() => {
    if (isWithin.current && document.activeElement === document.body) focusJobs();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- only a change of rows takes one away
  }, [rows]);
}
