import { type Job, type JobChoice, jobMatcher } from "@safelight/shared";
import { diffRecords } from "../../../domain/diff-records.ts";
import { reordered } from "../../../domain/sorted-list.ts";
import type { TextIndex } from "../../../search/text-index.ts";
import { type JobSort, jobComparator } from "./job-sort.ts";

/** What of the jobs is asked for, and in which order. */
export interface JobsAsked {
  readonly choice: JobChoice;
  readonly sort: JobSort | undefined;
}

/** The jobs as they are asked for, kept so: a change of some jobs costs what it touches and a copy of the list. */
export interface JobList {
  /** `jobs`: all, newest first, each replaced when it changes. Answers the same list while nothing in it differs. */
  items(jobs: readonly Job[], asked: JobsAsked): readonly Job[];
}

export function createJobList(texts: Pick<TextIndex<Job>, "textOf" | "matcher">): JobList {
  let source: readonly Job[] = [];
  let sort: JobSort | undefined;
  let compare = jobComparator(sort, texts.textOf);
  let choiceKey = "{}";
  let matches: ((job: Job) => boolean) | undefined;
  /** All jobs in order, and those of them that match. */
  let order: readonly Job[] = [];
  let found: readonly Job[] = [];

  /** Brings the order up to date; answers what changed. */
  function takeIn(jobs: readonly Job[]): { readonly removed: ReadonlySet<Job>; readonly added: Job[] } {
    const removed = new Set<Job>();
    const added: Job[] = [];
    diffRecords(source, jobs, (before, after) => {
      if (before !== undefined) removed.add(before);
      if (after !== undefined) added.push(after);
    });
    source = jobs;
    if (sort === undefined) order = jobs;
    else if (removed.size + added.length > 0) order = reordered(order, removed, added, compare);
    return { removed, added };
  }

  return {
    items(jobs, asked) {
      const key = JSON.stringify(asked.choice);
      const isOtherChoice = key !== choiceKey;
      if (isOtherChoice) {
        choiceKey = key;
        matches = jobMatcher(asked.choice, texts.matcher);
      }
      if (asked.sort !== sort) {
        sort = asked.sort;
        compare = jobComparator(sort, texts.textOf);
        source = jobs;
        order = sort === undefined ? jobs : jobs.toSorted(compare);
        found = matches === undefined ? order : order.filter(matches);
        return found;
      }
      const { removed, added } = takeIn(jobs);
      if (matches === undefined) found = order;
      else if (isOtherChoice) found = order.filter(matches);
      else {
        const gone = new Set([...removed].filter(matches));
        const came = added.filter(matches);
        if (gone.size + came.length > 0) found = reordered(found, gone, came, compare);
      }
      return found;
    },
  };
}
