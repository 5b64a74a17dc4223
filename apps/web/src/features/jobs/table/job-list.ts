import { type Job, type JobChoice, jobMatcher, jobSearchText, termsOf } from "@safelight/shared";
import { compareNewestFirst, diffRecords } from "../../../domain/diff-records.ts";
import { reordered } from "../../../domain/sorted-list.ts";
import { createTextIndex, type TextIndex } from "../../../search/text-index.ts";
import { compareValues, type JobSort, readSort, sortValues, type SortValue } from "./job-sort.ts";

/** What of the jobs is asked for, and in which order. */
export interface JobsAsked {
  readonly choice: JobChoice;
  readonly sort: JobSort | undefined;
}

/** A job and what is kept of it for searching and ordering, in fields: those are read far faster than a map. */
export interface JobEntry {
  readonly job: Job;
  text: string | undefined;
  value: SortValue;
}

/** The jobs as they are asked for, kept so: a change of some jobs costs what it touches and a copy of the list. */
export interface JobList {
  /** `jobs`: all, newest first, each replaced when it changes. Answers the same list while nothing in it differs. */
  items(jobs: readonly Job[], asked: JobsAsked): readonly JobEntry[];
  /** All that are known, for making their texts ahead. */
  readonly entries: () => readonly JobEntry[];
  readonly texts: TextIndex<JobEntry>;
}

export function createJobList(): JobList {
  const texts = createTextIndex<JobEntry>(({ job }) => jobSearchText(job), {
    get: ({ text }) => text,
    set: (entry, text) => {
      entry.text = text;
    },
  });
  const entryOf = new Map<string, JobEntry>();
  let source: readonly Job[] = [];
  let sort: JobSort | undefined;
  let asking: JobChoice = {};
  let choiceKey = "{}";
  let matches: ((entry: JobEntry) => boolean) | undefined;
  /** All jobs, newest first; then in the order asked for; then those of them that match. */
  let newest: readonly JobEntry[] = [];
  let order: readonly JobEntry[] = [];
  let found: readonly JobEntry[] = [];

  const compareByTime = (one: JobEntry, other: JobEntry) => compareNewestFirst(one.job, other.job);
  let compare = compareByTime;

  function orderBy(next: JobSort | undefined): void {
    sort = next;
    if (next === undefined) {
      compare = compareByTime;
      order = newest;
      return;
    }
    const { key, isDescending } = readSort(next);
    const valueOf = sortValues(key, texts.textOf);
    const sign = isDescending ? -1 : 1;
    for (const entry of newest) entry.value = valueOf(entry);
    const byValue = (one: JobEntry, other: JobEntry) => compareValues(one.value, other.value, sign);
    compare = (one, other) => byValue(one, other) || compareByTime(one, other);
    order = orderedBy(newest, sign);
  }

  /** Brings the order up to date; answers what changed. */
  function takeIn(jobs: readonly Job[]): {
    readonly removed: ReadonlySet<JobEntry>;
    readonly added: JobEntry[];
  } {
    const removed = new Set<JobEntry>();
    const added: JobEntry[] = [];
    if (jobs === source) return { removed, added };
    const valueOf = sort === undefined ? undefined : sortValues(readSort(sort).key, texts.textOf);
    const gone = new Set<string>();
    diffRecords(source, jobs, (before, after) => {
      const held = before === undefined ? undefined : entryOf.get(before.id);
      if (before !== undefined) gone.add(before.id);
      if (held?.job === before && held !== undefined) removed.add(held);
      if (after === undefined) return;
      const entry: JobEntry = { job: after, text: undefined, value: undefined };
      entry.value = valueOf?.(entry);
      added.push(entry);
    });
    source = jobs;
    for (const id of gone) entryOf.delete(id);
    for (const entry of added) entryOf.set(entry.job.id, entry);
    if (removed.size + added.length === 0) return { removed, added };
    newest = reordered(newest, removed, [...added], compareByTime);
    order = sort === undefined ? newest : reordered(order, removed, added, compare);
    return { removed, added };
  }

  function ask(choice: JobChoice): void {
    const { search, ...rest } = choice;
    const fits = jobMatcher(rest);
    const hasWords = search === undefined ? undefined : texts.matcher(search);
    if (fits === undefined) matches = hasWords;
    else if (hasWords === undefined) matches = ({ job }) => fits(job);
    else matches = (entry) => fits(entry.job) && hasWords(entry);
  }

  return {
    texts,
    entries: () => newest,
    items(jobs, asked) {
      const { removed, added } = takeIn(jobs);
      const key = JSON.stringify(asked.choice);
      const isAnew = key !== choiceKey || asked.sort !== sort;
      const isStill = asked.sort === sort && removed.size + added.length === 0;
      // Letter by letter, what is looked through becomes less.
      const lookedThrough = isStill && narrows(asked.choice, asking) ? found : undefined;
      if (asked.sort !== sort) orderBy(asked.sort);
      if (key !== choiceKey) {
        choiceKey = key;
        asking = asked.choice;
        ask(asked.choice);
      }
      if (matches === undefined) found = order;
      else if (isAnew) found = (lookedThrough ?? order).filter(matches);
      else {
        const gone = new Set([...removed].filter(matches));
        const came = added.filter(matches);
        if (gone.size + came.length > 0) found = reordered(found, gone, came, compare);
      }
      return found;
    },
  };
}

/** Whether all that `next` finds is found by `before` too: the same, with more letters. */
function narrows({ search: words = "", ...next }: JobChoice, before: JobChoice): boolean {
  const { search: wordsBefore = "", ...rest } = before;
  if (JSON.stringify(next) !== JSON.stringify(rest)) return false;
  const terms = termsOf(words);
  return termsOf(wordsBefore).every((term) => terms.some((longer) => longer.includes(term)));
}

/** The entries in order of their values, equals as they stand. Many jobs share a value, so the values are sorted, not the jobs. */
function orderedBy(entries: readonly JobEntry[], sign: 1 | -1): readonly JobEntry[] {
  const groups = new Map<SortValue, JobEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.value);
    if (group === undefined) groups.set(entry.value, [entry]);
    else group.push(entry);
  }
  const ordered: JobEntry[] = [];
  for (const value of [...groups.keys()].sort((one, other) => compareValues(one, other, sign))) {
    for (const entry of groups.get(value) ?? []) ordered.push(entry);
  }
  return ordered;
}
