import { type Job, STUDIO_PREFERENCES } from "@safelight/shared";
import { useMemo } from "react";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useRecord } from "../../../sync/use-record.ts";
import { compareQueued, planMove } from "./plan-move.ts";

/** Jobs of one provider that wait to be sent, the next one first. */
export interface ProviderQueue {
  readonly provider: string;
  readonly isPaused: boolean;
  readonly jobs: readonly Job[];
}

export interface QueueControl {
  readonly isPaused: boolean;
  setPaused(isPaused: boolean): void;
  setProviderPaused(provider: string, isPaused: boolean): void;
  /** Puts the job at `from` to `to`, both places in its provider's queue. */
  move(queue: ProviderQueue, from: number, to: number): void;
}

/** Whether queued jobs are sent, and in which order. Works with no server: the runner obeys when it hears of it. */
export function useQueue(): QueueControl & { readonly pausedProviders: readonly string[] } {
  const client = useSyncClient();
  const preferences = useRecord("preferences", STUDIO_PREFERENCES);
  const isPaused = preferences?.queuePaused === true;
  const pausedProviders = preferences?.pausedProviders ?? NONE;
  return useMemo(() => {
    const set = (fields: { readonly queuePaused?: boolean; readonly pausedProviders?: string[] }) => {
      if (client.get("preferences", STUDIO_PREFERENCES) === undefined) {
        client.create("preferences", fields, { id: STUDIO_PREFERENCES });
      } else client.update("preferences", STUDIO_PREFERENCES, fields);
    };
    return {
      isPaused,
      pausedProviders,
      setPaused: (paused) => set({ queuePaused: paused }),
      setProviderPaused: (provider, paused) => {
        const others = pausedProviders.filter((each) => each !== provider);
        set({ pausedProviders: paused ? [...others, provider] : others });
      },
      move: ({ jobs }, from, to) => {
        for (const { id, priority } of planMove(jobs.map(queuedOf), from, to))
          client.update("jobs", id, { priority });
      },
    };
  }, [client, isPaused, pausedProviders]);
}

const NONE: readonly string[] = [];

/** The queues of all providers that have one, the longest first. */
export function queuesOf(jobs: readonly Job[], pausedProviders: readonly string[]): readonly ProviderQueue[] {
  const byProvider = new Map<string, Job[]>();
  for (const job of jobs) {
    if (job.status !== "queued") continue;
    const queue = byProvider.get(job.provider);
    if (queue === undefined) byProvider.set(job.provider, [job]);
    else queue.push(job);
  }
  return [...byProvider]
    .map(([provider, queued]) => ({
      provider,
      isPaused: pausedProviders.includes(provider),
      jobs: queued.sort((one, other) => compareQueued(queuedOf(one), queuedOf(other))),
    }))
    .sort((one, other) => other.jobs.length - one.jobs.length);
}

function queuedOf({ id, priority = 0, number = Infinity }: Job) {
  return { id, priority, number };
}
