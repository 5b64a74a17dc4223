import { COLLECTION_NAMES, type CollectionName, type Job } from "@safelight/shared";
import type { SyncClient, SyncStatus, Viewed } from "@safelight/sync";
import { fetchJson } from "../api/fetch-json.ts";
import { isActive } from "../domain/job-status.ts";

/** Every record of this device by collection, and where its work stands. */
type State = { readonly [C in CollectionName]: readonly Viewed<C>[] } & {
  /** The highest number that a job has: what the older dashboard counted on from. */
  readonly lastJobId: number;
  readonly status: SyncStatus;
};

/** Figures over the jobs of this device; times in seconds. */
interface Metrics {
  readonly totalJobs: number;
  readonly activeJobs: number;
  readonly succeededJobs: number;
  readonly failedJobs: number;
  readonly successRate: number;
  readonly averageDuration: number;
  readonly totalCostUsd: number;
}

interface ConsoleApp {
  getState(): State;
  getMetrics(): Metrics;
  /** Moves every job that has ended to the trash; `app.undoClear()` takes the last one back. Answers how many. */
  clearHistory(): number;
  undoClear(): number;
}

interface ConsoleState {
  /** Asks the server for what is new, now; answers the server's health. */
  loadFromServer(): Promise<unknown>;
  /** The jobs as this device has them; asks the server for what is new beside. */
  loadFromStorage(): readonly Job[];
  /** Sends what waits, now; resolves when nothing waits any more. */
  saveToStorage(): Promise<SyncStatus>;
  /** Every change is kept on this device when it is made: tells where, and how many of them the server lacks. */
  saveToLocalStorage(): { readonly kept: "disk" | "memory"; readonly waiting: number };
}

declare global {
  interface Window {
    app: ConsoleApp;
    state: ConsoleState;
  }
}

/** The console objects of the older dashboard, over the same records. */
export function exposeConsole(client: SyncClient): void {
  let cleared: readonly string[] = [];
  window.app = {
    getState: () => {
      const lists = Object.fromEntries(COLLECTION_NAMES.map((name) => [name, client.list(name)]));
      const numbers = client.list("jobs").map(({ number }) => number ?? 0);
      const lastJobId = numbers.reduce((highest, number) => Math.max(highest, number), 0);
      return { ...lists, lastJobId, status: client.status() } as State;
    },
    getMetrics: () => metricsOf(client.list("jobs")),
    clearHistory: () => {
      cleared = client.list("jobs").flatMap((job) => (isActive(job) ? [] : [job.id]));
      for (const id of cleared) client.delete("jobs", id);
      return cleared.length;
    },
    undoClear: () => {
      for (const id of cleared) client.restore("jobs", id);
      const count = cleared.length;
      cleared = [];
      return count;
    },
  };
  window.state = {
    loadFromServer: async () => {
      client.nudge();
      return fetchJson("/health");
    },
    loadFromStorage: () => {
      client.nudge();
      return client.list("jobs");
    },
    saveToStorage: () => untilSaved(client),
    saveToLocalStorage: () => {
      const status = client.status();
      return { kept: client.storageKind(), waiting: "waiting" in status ? status.waiting : 0 };
    },
  };
}

function metricsOf(jobs: readonly Job[]): Metrics {
  const succeeded = jobs.filter(({ status }) => status === "succeeded");
  const failed = jobs.filter(({ status }) => status === "failed");
  const ended = succeeded.length + failed.length;
  const durations = succeeded.flatMap(({ duration }) => duration ?? []);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    totalJobs: jobs.length,
    activeJobs: jobs.filter(isActive).length,
    succeededJobs: succeeded.length,
    failedJobs: failed.length,
    successRate: ended === 0 ? 0 : succeeded.length / ended,
    averageDuration: durations.length === 0 ? 0 : sum(durations) / durations.length,
    totalCostUsd: sum(jobs.flatMap(({ charge }) => charge.usd ?? [])),
  };
}

function untilSaved(client: SyncClient): Promise<SyncStatus> {
  client.nudge();
  return new Promise((resolve) => {
    const look = () => {
      const status = client.status();
      if (status.state === "saving") return;
      unsubscribe();
      resolve(status);
    };
    const unsubscribe = client.subscribeStatus(look);
    queueMicrotask(look);
  });
}
