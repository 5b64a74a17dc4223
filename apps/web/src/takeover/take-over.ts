import type { SyncClient } from "@safelight/sync";
import { placedJob } from "./core/find-jobs.ts";
import { findOlderData } from "./core/find-older-data.ts";
import type { Find, KeptEntry, Unreadable } from "./core/found.ts";
import { reportId, TAKEOVER_SCOPE, type TakeoverReport } from "./core/takeover-report.ts";
import { keepRecord } from "./keep-record.ts";
import { postEntries, ServerAwayError } from "./post-entries.ts";

export interface TakeoverOptions {
  readonly client: SyncClient;
  readonly entries: readonly KeptEntry[];
  readonly fetch: typeof fetch;
  /** ISO. */
  readonly now: () => string;
}

export interface TakeoverOutcome {
  /** What was taken this time. */
  readonly reports: readonly TakeoverReport[];
  /** Finds that wait for the server. */
  readonly waiting: number;
}

/**
 * Takes over what older apps kept, each find once. A find counts as taken when everything of it is durable, here or at
 * the server, and its report is too; until then it is tried again, and nothing comes in twice. The originals are not
 * touched.
 */
export async function takeOver({ client, entries, fetch, now }: TakeoverOptions): Promise<TakeoverOutcome> {
  const reports: TakeoverReport[] = [];
  let waiting = 0;
  for (const find of findOlderData(entries)) {
    const id = reportId(find, entries);
    if (client.get("drafts", id) !== undefined) continue;
    try {
      const report = {
        ...(await takeFind(find, client, fetch)),
        what: find.what,
        keys: find.keys,
        at: now(),
      };
      const state = {
        ...report,
        keys: [...report.keys],
        unreadable: report.unreadable.map((item) => ({ ...item })),
      };
      await client.create("drafts", { scope: TAKEOVER_SCOPE, state }, { id }).durable;
      reports.push(report);
    } catch (error) {
      if (!(error instanceof ServerAwayError)) throw error;
      waiting += 1;
    }
  }
  return { reports, waiting };
}

async function takeFind(
  find: Find,
  client: SyncClient,
  post: typeof fetch,
): Promise<Pick<TakeoverReport, "taken" | "known" | "unreadable">> {
  const unreadable: Unreadable[] = [...find.unreadable];
  let taken = 0;
  let known = 0;
  for (const record of find.records) {
    const kept = await keepRecord(client, record);
    if (kept.outcome === "taken") taken += 1;
    else known += 1;
    unreadable.push(...kept.unreadable);
  }
  if (find.posts !== undefined) {
    const { to, entries } = find.posts;
    const placed =
      to === "jobs"
        ? entries.map((entry) => placedJob(entry, client.get("jobs", entry["id"] as string)))
        : entries;
    const posted = await postEntries(to, placed, post);
    taken += posted.taken;
    unreadable.push(...posted.refused);
  }
  return { taken, known, unreadable };
}
