import { Fragment, useCallback, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useFastScroll } from "../../../components/use-fast-scroll.ts";
import { useKeptFocus } from "../../../components/use-kept-focus.ts";
import { useNow } from "../../../components/use-now.ts";
import { useVirtualRows } from "../../../components/use-virtual-rows.ts";
import { isActive } from "../../../domain/job-status.ts";
import { evenPlaces } from "../../../domain/row-places.ts";
import { focusJobs } from "./focus-jobs.ts";
import type { JobEntry } from "./job-list.ts";
import { JobRow } from "./job-row.tsx";
import type { JobSort } from "./job-sort.ts";
import { JobTableHead } from "./job-table-head.tsx";
import styles from "./job-table.module.css";
import { type RowCommands, useRowEvents } from "./use-row-events.ts";

interface JobTableProps {
  readonly items: readonly JobEntry[];
  /** Names what is asked for: another one is looked at from its beginning. */
  readonly view: string;
  readonly openId: string | undefined;
  readonly selected: ReadonlySet<string>;
  readonly sort: JobSort | undefined;
  readonly onSort: (sort: JobSort | undefined) => void;
  readonly commands: RowCommands;
  /** What follows a job in its address. */
  readonly query: string;
  readonly providerName: (id: string) => string;
  /** Whether any job is under way. */
  readonly isMoving: boolean;
}

const ROW_HEIGHT = 46;
const HEAD_HEIGHT = 34;
/** Whichever job stands there. */
const FIRST_ROW = { index: 0, id: "" };

/** The jobs; only the rows near the screen are drawn. */
export function JobTable(props: JobTableProps) {
  const { items, view, openId, selected, sort, onSort, commands, query, providerName, isMoving } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(isMoving);
  const [active, setActive] = useState(FIRST_ROW);
  const reachable = placeOf(items, active);
  const places = useMemo(() => evenPlaces(items.length, ROW_HEIGHT), [items.length]);
  // What nobody sees yet is drawn after what is asked for: another search may come before it.
  const isSettled = useDeferredValue(view, "") === view;
  const fast = useFastScroll(scroller);
  const { rows, offset } = useVirtualRows({
    places,
    scroller,
    overscan: isSettled && !fast ? 6 : 1,
    always: reachable,
  });
  const activate = useCallback(
    (index: number) => setActive({ index, id: items[index]?.job.id ?? "" }),
    [items],
  );
  const focusRow = useCallback(
    (index: number) => {
      activate(index);
      showRow(scroller.current, index);
      // At once where it is drawn, so that keys which follow find it; else when it is.
      const row = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`);
      if (row === null || row === undefined) requestAnimationFrame(focusJobs);
      else row.focus({ preventScroll: true });
    },
    [activate],
  );
  const pageRows = useCallback(
    () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT) - 1),
    [],
  );
  const events = useRowEvents({ items, selected, commands, pageRows, focusRow, onActive: activate });
  useKeptFocus(scroller, items, focusJobs);
  const shownView = useRef(view);
  useLayoutEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    // What was found is looked at from its beginning.
    if (offset() !== 0) scroller.current?.scrollTo(0, 0);
    setActive(FIRST_ROW);
  }, [view, offset]);

  const after = places.height - places.startOf((rows.at(-1) ?? -1) + 1);
  return (
    <div ref={scroller} className={styles["scroller"]}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its rows take the focus */}
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its rows can be selected
        role="grid"
        className={styles["table"]}
        aria-label="Jobs"
        aria-multiselectable="true"
        aria-rowcount={items.length + 1}
        data-selecting={selected.size > 0 || undefined}
        {...events}
      >
        <JobTableHead sort={sort} onSort={onSort} />
        <tbody>
          {rows.map((index, place) => {
            const job = items[index]?.job;
            if (job === undefined) return null;
            // The row that has the focus may stand far from the others.
            const gap = places.startOf(index) - places.startOf((rows[place - 1] ?? -1) + 1);
            return (
              <Fragment key={job.id}>
                {gap > 0 && <tr aria-hidden="true" style={{ height: gap }} />}
                <JobRow
                  job={job}
                  index={index}
                  isOpen={job.id === openId}
                  isSelected={selected.has(job.id)}
                  isReachable={index === reachable}
                  isBare={fast}
                  query={query}
                  provider={providerName(job.provider)}
                  now={isActive(job) ? now : 0}
                />
              </Fragment>
            );
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

/** Index of the row that the tab key reaches: where its job went, or the one that stands in its place. */
function placeOf(
  items: readonly JobEntry[],
  { index, id }: { readonly index: number; readonly id: string },
): number {
  if (id === "" || items[index]?.job.id === id) return Math.min(index, items.length - 1);
  const found = items.findIndex(({ job }) => job.id === id);
  return found === -1 ? Math.min(index, items.length - 1) : found;
}

/** Scrolls as little as brings the row into sight, below the titles. */
function showRow(scroller: HTMLElement | null, index: number): void {
  if (scroller === null) return;
  const top = index * ROW_HEIGHT;
  const bottom = top + ROW_HEIGHT + HEAD_HEIGHT;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (bottom > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = bottom - scroller.clientHeight;
}
