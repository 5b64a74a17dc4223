import type { Job } from "@safelight/shared";
import { useDeferredValue, useMemo, useState, useSyncExternalStore } from "react";
import { useTextsAhead } from "../../../search/use-texts-ahead.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useIsWhole } from "../../../sync/use-is-whole.ts";
import type { JobFacets, JobMetrics } from "../figures/job-tally.ts";
import { choiceOf, type JobsSearch } from "../jobs-search.ts";
import type { JobEntry } from "./job-list.ts";
import { jobsMemory } from "./jobs-memory.ts";

export interface JobsView {
  /** All jobs outside the trash, or their first page while the rest is on its way. */
  readonly all: readonly Job[];
  /** What the address asks for, in the order shown. */
  readonly items: readonly JobEntry[];
  /** Names what is asked for. */
  readonly view: string;
  readonly facets: JobFacets;
  /** `undefined` until all jobs are known. */
  readonly metrics: JobMetrics | undefined;
}

/** The jobs as the address asks for them, on the local day `today`. */
export function useJobs(search: JobsSearch, today: string): JobsView {
  const client = useSyncClient();
  const [{ store, list, tally }] = useState(() => jobsMemory(client));
  const { jobs, isWhole } = useSyncExternalStore(store.subscribe, store.known);
  const isCounted = useIsWhole();
  const { order } = search;
  const view = JSON.stringify([choiceOf(search, today), order ?? ""]);
  const items = useMemo(
    () => list.items(jobs, { choice: choiceOf(search, today), sort: order }),
    // oxlint-disable-next-line react/exhaustive-deps -- the text stands for the search
    [list, jobs, view],
  );
  const settled = useDeferredValue(jobs);
  useTextsAhead(
    list.texts,
    // oxlint-disable-next-line react/exhaustive-deps -- other jobs are other entries
    useMemo(() => list.entries(), [list, settled]),
  );
  const counts = useMemo(() => {
    if (!isWhole) return undefined;
    tally.update(jobs);
    return { metrics: tally.metrics(new Date(`${today}T12:00:00`)), facets: { ...tally.facets() } };
  }, [tally, jobs, isWhole, today]);
  return {
    all: jobs,
    items,
    view,
    facets: counts?.facets ?? NO_FACETS,
    metrics: isCounted ? counts?.metrics : undefined,
  };
}

const NO_FACETS: JobFacets = { providers: new Map(), models: new Map() };
