import { type Job, jobSearchText } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { useDeferredValue, useMemo, useState, useSyncExternalStore } from "react";
import { createTextIndex } from "../../../search/text-index.ts";
import { useTextsAhead } from "../../../search/use-texts-ahead.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { createJobTally, type JobFacets, type JobMetrics } from "../figures/job-tally.ts";
import { choiceOf, type JobsSearch } from "../jobs-search.ts";
import { createJobList } from "./job-list.ts";
import { createJobStore } from "./job-store.ts";

export interface JobsView {
  /** All jobs outside the trash, or their first page while the rest is on its way. */
  readonly all: readonly Job[];
  /** What the address asks for, in the order shown. */
  readonly items: readonly Job[];
  /** Names what is asked for. */
  readonly view: string;
  readonly facets: JobFacets;
  /** `undefined` until all jobs are known. */
  readonly metrics: JobMetrics | undefined;
}

/** The jobs as the address asks for them, on the local day `today`. */
export function useJobs(search: JobsSearch, today: string): JobsView {
  const client = useSyncClient();
  const [{ store, texts, list, tally }] = useState(() => openJobs(client));
  const { jobs, isWhole } = useSyncExternalStore(store.subscribe, store.known);
  useTextsAhead(texts, useDeferredValue(jobs));
  const { order } = search;
  const view = JSON.stringify([choiceOf(search, today), order ?? ""]);
  const items = useMemo(
    () => list.items(jobs, { choice: choiceOf(search, today), sort: order }),
    // oxlint-disable-next-line react/exhaustive-deps -- the text stands for the search
    [list, jobs, view],
  );
  const metrics = useMemo(() => {
    if (!isWhole) return undefined;
    tally.update(jobs);
    return tally.metrics(new Date(`${today}T12:00:00`));
  }, [tally, jobs, isWhole, today]);
  return { all: jobs, items, view, facets: tally.facets(), metrics };
}

function openJobs(client: SyncClient) {
  const texts = createTextIndex<Job>(jobSearchText);
  const store = createJobStore({
    client,
    nowMs: () => performance.now(),
    later: (work, delayMs) => {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  });
  return { store, texts, list: createJobList(texts), tally: createJobTally() };
}
