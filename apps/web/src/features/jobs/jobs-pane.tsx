import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import type { MenuPlace } from "../../components/menu-place.ts";
import { NothingYet } from "../../components/nothing-yet.tsx";
import { useLatest } from "../../components/use-latest.ts";
import { useSelection } from "../../components/use-selection.ts";
import { useToday } from "../../components/use-today.ts";
import { useSearchWords } from "../../search/use-search-words.ts";
import { JobFigures } from "./figures/job-figures.tsx";
import { choiceOf, isNarrowed, type JobsSearch, parseJobsSearch } from "./jobs-search.ts";
import styles from "./jobs-room.module.css";
import { FirstJobs } from "./transfer/first-jobs.tsx";
import { RoomActions } from "./room-actions.tsx";
import { JobSelectionBar } from "./select/job-selection-bar.tsx";
import { useJobBulk } from "./select/use-job-bulk.ts";
import { focusJobs } from "./table/focus-jobs.ts";
import { FoundLine } from "./table/found-line.tsx";
import { JobFilters } from "./table/job-filters.tsx";
import type { JobSort } from "./table/job-sort.ts";
import { JobTable } from "./table/job-table.tsx";
import { useJobs } from "./table/use-jobs.ts";
import type { RowCommands } from "./table/use-row-events.ts";

const JobMenu = lazy(async () => ({ default: (await import("./select/job-menu.tsx")).JobMenu }));
const RunAgainDialog = lazy(async () => ({
  default: (await import("./select/run-again-dialog.tsx")).RunAgainDialog,
}));

/** A context menu: of which jobs, and where. */
interface Asking {
  readonly ids: ReadonlySet<string>;
  readonly place: MenuPlace;
}

interface JobsPaneProps {
  readonly search: JobsSearch;
  readonly openId: string | undefined;
  readonly providerName: (id: string) => string;
}

/** The jobs: counted, found, narrowed, ordered, selected. */
export function JobsPane({ search, openId, providerName }: JobsPaneProps) {
  const navigate = useNavigate();
  const today = useToday();
  const goTo = useCallback(
    (next: JobsSearch) => void navigate({ to: ".", search: () => next, replace: true }),
    [navigate],
  );
  const latestSearch = useLatest(search);
  const change = useCallback(
    (set: Partial<Record<keyof JobsSearch, unknown>>) =>
      goTo(parseJobsSearch({ ...latestSearch.current, ...set })),
    [goTo, latestSearch],
  );
  const [words, setWords] = useSearchWords(search.q, (q) => change({ q }));
  const { q: _q, ...others } = search;
  const asked: JobsSearch = words.trim() === "" ? others : { ...others, q: words };
  const { all, items, view, facets, metrics } = useJobs(asked, today);
  const selection = useSelection(() => items.map(({ job }) => job.id));
  const selected = useLatest(selection.ids);
  const { toggle, extendTo, clear, all: selectAll } = selection;
  const bulk = useJobBulk();
  const [asking, setAsking] = useState<Asking>();
  const [again, setAgain] = useState<ReadonlySet<string>>();
  // The server writes the newest first: another order is this device's to keep.
  const choice = asked.order === undefined ? choiceOf(asked, today) : undefined;
  const latestShown = useLatest({ items, choice });
  const shown = useCallback(() => {
    const { items: entries, choice: asServer } = latestShown.current;
    const jobs = entries.map(({ job }) => job);
    return asServer === undefined ? { jobs } : { jobs, choice: asServer };
  }, [latestShown]);
  const query = addressQuery(search);

  const commands: RowCommands = useMemo(
    () => ({
      open: (jobId) => void navigate({ to: "/jobs/$jobId", params: { jobId }, search: latestSearch.current }),
      toggle,
      extendTo,
      // One that is not selected is asked for itself.
      menu: (id, place) =>
        setAsking({ ids: selected.current.has(id) ? selected.current : new Set([id]), place }),
      selectAll,
      clear: () => {
        const had = selected.current.size > 0;
        if (had) clear();
        return had;
      },
      remove: (id) => {
        bulk.trash(selected.current.size > 0 ? selected.current : [id]);
        clear();
      },
    }),
    [navigate, latestSearch, toggle, extendTo, selectAll, selected, clear, bulk],
  );
  const onSort = useCallback((order: JobSort | undefined) => change({ order }), [change]);

  return (
    <section className={styles["left"]} aria-label="All jobs">
      {all.length === 0 ? (
        <NothingYet
          title="No jobs yet"
          text="Each press of Generate makes one. It is listed here from that moment, also while the server is away."
          action={
            <>
              <LinkButton to="/create">Go to Create</LinkButton>
              <FirstJobs />
            </>
          }
        />
      ) : (
        <>
          <JobFigures metrics={metrics} />
          <JobFilters
            search={search}
            words={words}
            onWords={setWords}
            onChange={change}
            facets={facets}
            providerName={providerName}
          >
            <RoomActions
              all={all}
              shown={shown}
              queued={metrics?.queued ?? 0}
              providerName={providerName}
              onTrash={bulk.trash}
            />
          </JobFilters>
          {isNarrowed(asked) && (
            <FoundLine
              search={search}
              found={items.length}
              total={all.length}
              onClear={(next) => {
                setWords("");
                goTo(next);
              }}
            />
          )}
          {items.length === 0 ? (
            <EmptyState title="No job is like this" text="The words and filters leave nothing over." />
          ) : (
            <JobTable
              items={items}
              view={view}
              openId={openId}
              selected={selection.ids}
              sort={search.order}
              onSort={onSort}
              commands={commands}
              query={query}
              providerName={providerName}
              isMoving={metrics !== undefined && metrics.active > 0}
            />
          )}
          {selection.ids.size > 0 && (
            <JobSelectionBar
              ids={selection.ids}
              bulk={bulk}
              onRunAgain={() => setAgain(selection.ids)}
              onClear={() => {
                clear();
                focusJobs();
              }}
            />
          )}
          <Suspense fallback={null}>
            {asking !== undefined && (
              <JobMenu
                {...asking}
                bulk={bulk}
                onOpen={(id) => commands.open(id)}
                onRunAgain={() => setAgain(asking.ids)}
                onGone={clear}
                onClose={() => setAsking(undefined)}
              />
            )}
            {again !== undefined && (
              <RunAgainDialog
                ids={again}
                onClose={(isDone) => {
                  setAgain(undefined);
                  if (isDone) clear();
                }}
              />
            )}
          </Suspense>
        </>
      )}
    </section>
  );
}

/** The search as it follows a path. */
function addressQuery(search: JobsSearch): string {
  const query = new URLSearchParams(
    Object.entries(search).map(([name, value]) => [name, String(value)]),
  ).toString();
  return query === "" ? "" : `?${query}`;
}
