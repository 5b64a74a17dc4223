import type { GeneratedContent, Job } from "@safelight/shared";
import { diffRecords } from "../../../domain/diff-records.ts";
import { reordered } from "../../../domain/sorted-list.ts";
import { jobPlaces, picturePlace } from "./job-places.ts";
import type { LibraryItem } from "./library-item.ts";

/** What stands together: the places of one job, or a picture that no job brought. */
interface Group {
  readonly at: string;
  readonly key: string;
  readonly items: readonly LibraryItem[];
}

export interface LibraryRecords {
  readonly contents: readonly GeneratedContent[];
  readonly jobs: readonly Job[];
  /** Also of jobs in the trash: their pictures stay where they stood. */
  jobOf(id: string): Job | undefined;
  /** Jobs that failed since then (ISO) show that they did. */
  readonly failuresSince: string;
}

/** The library in order, newest first, kept so: a change costs what it touches and one copy of the order. */
export interface LibraryOrder {
  /** Brings the order up to date. Items that did not change keep their identity. */
  update(records: LibraryRecords): readonly LibraryItem[];
  readonly items: () => readonly LibraryItem[];
}

export function createLibraryOrder(): LibraryOrder {
  let contents: readonly GeneratedContent[] = [];
  let jobs: readonly Job[] = [];
  let failuresSince = "";
  let groups: Group[] = [];
  let items: readonly LibraryItem[] = [];
  // One content of a job is the rule: a list is made for the second.
  const contentsByJob = new Map<string, GeneratedContent | readonly GeneratedContent[]>();
  const groupsByJob = new Map<string, Group>();
  const groupsByContent = new Map<string, Group>();

  const contentsOf = (jobId: string): readonly GeneratedContent[] => {
    const held = contentsByJob.get(jobId);
    if (held === undefined) return [];
    return isList(held) ? held : [held];
  };

  function setContentsOf(jobId: string, next: readonly GeneratedContent[]): void {
    const [first] = next;
    if (first === undefined) contentsByJob.delete(jobId);
    else contentsByJob.set(jobId, next.length === 1 ? first : next);
  }

  return {
    items: () => items,
    update(records) {
      const changed = { jobs: new Set<string>(), contents: new Map<string, GeneratedContent | undefined>() };
      diffRecords(contents, records.contents, (before, after) => {
        if (before?.jobId !== undefined) {
          changed.jobs.add(before.jobId);
          setContentsOf(
            before.jobId,
            contentsOf(before.jobId).filter((content) => content !== before),
          );
        }
        if (after?.jobId !== undefined) {
          changed.jobs.add(after.jobId);
          if (contentsByJob.has(after.jobId)) setContentsOf(after.jobId, [...contentsOf(after.jobId), after]);
          else contentsByJob.set(after.jobId, after);
        }
        // A record whose time became another is told of twice: what it is now counts.
        if (after !== undefined) changed.contents.set(after.id, after);
        else if (before !== undefined && !changed.contents.has(before.id))
          changed.contents.set(before.id, undefined);
      });
      const jobsBefore = failuresSince === records.failuresSince ? jobs : [];
      diffRecords(jobsBefore, records.jobs, (before, after) => {
        const id = (after ?? before)?.id;
        if (id === undefined) return;
        changed.jobs.add(id);
        // Pictures that came before their job stood alone; those of one that was purged do again.
        for (const content of contentsOf(id)) changed.contents.set(content.id, content);
      });
      ({ contents, jobs, failuresSince } = records);
      if (changed.jobs.size === 0 && changed.contents.size === 0) return items;

      const removed = new Set<Group>();
      const added: Group[] = [];
      const replace = (held: Map<string, Group>, id: string, next: Group | undefined) => {
        const before = held.get(id);
        if (before !== undefined) removed.add(before);
        if (next === undefined) held.delete(id);
        else {
          const group = before === undefined ? next : keepingIdentities(before, next);
          held.set(id, group);
          added.push(group);
        }
      };
      for (const id of changed.jobs) {
        const job = records.jobOf(id);
        const places = job === undefined ? [] : jobPlaces(job, contentsOf(id), failuresSince);
        const group = { at: job?.createdAt ?? "", key: id, items: places };
        replace(groupsByJob, id, places.length === 0 ? undefined : group);
      }
      for (const [id, content] of changed.contents) {
        const alone =
          content !== undefined &&
          (content.jobId === undefined || records.jobOf(content.jobId) === undefined);
        const group = alone ? { at: content.createdAt, key: id, items: [picturePlace(content)] } : undefined;
        if (group !== undefined || groupsByContent.has(id)) replace(groupsByContent, id, group);
      }
      groups = reordered(groups, removed, added, compareGroups);
      items = flat(groups);
      return items;
    },
  };
}

function isList<T extends object>(held: T | readonly T[]): held is readonly T[] {
  return Array.isArray(held);
}

/** Memoised tiles are drawn anew only where something changed. */
function keepingIdentities(before: Group, next: Group): Group {
  const items = next.items.map((item, index) => {
    const old = before.items[index];
    return old !== undefined && isSame(old, item) ? old : item;
  });
  return { ...next, items };
}

function isSame(left: LibraryItem, right: LibraryItem): boolean {
  if (left.kind !== right.kind || left.key !== right.key) return false;
  if (left.at !== right.at || left.aspect !== right.aspect) return false;
  if (left.kind === "picture" && right.kind === "picture")
    return left.content === right.content && left.styleId === right.styleId;
  if (left.kind === "pending" && right.kind === "pending")
    return left.job === right.job && left.count === right.count && left.leads === right.leads;
  return left.kind === "failed" && right.kind === "failed" && left.job === right.job;
}

function compareGroups(left: Group, right: Group): number {
  if (left.at !== right.at) return left.at < right.at ? 1 : -1;
  if (left.key === right.key) return 0;
  return left.key < right.key ? 1 : -1;
}

function flat(groups: readonly Group[]): readonly LibraryItem[] {
  const items: LibraryItem[] = [];
  for (const group of groups) for (const item of group.items) items.push(item);
  return items;
}
