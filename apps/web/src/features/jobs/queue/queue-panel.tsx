import { Button, Drawer } from "@mantine/core";
import type { Job } from "@safelight/shared";
import { useMemo } from "react";
import { counted } from "../../../domain/format.ts";
import { ProviderQueueList } from "./provider-queue-list.tsx";
import styles from "./queue.module.css";
import { queuesOf, useQueue } from "./use-queue.ts";

interface QueuePanelProps {
  readonly jobs: readonly Job[];
  readonly providerName: (id: string) => string;
  readonly onClose: () => void;
}

/** What waits to be sent, and in which order. */
export function QueuePanel({ jobs, providerName, onClose }: QueuePanelProps) {
  const queue = useQueue();
  const { isPaused, pausedProviders } = queue;
  const queues = useMemo(() => queuesOf(jobs, pausedProviders), [jobs, pausedProviders]);
  return (
    <Drawer opened onClose={onClose} position="right" size={420} title="Queue">
      <div className={styles["head"]}>
        <p>
          {isPaused
            ? "Nothing is sent. What is under way goes on."
            : "Jobs are sent in this order, each provider by itself."}
        </p>
        <Button
          size="xs"
          variant={isPaused ? "filled" : "default"}
          onClick={() => queue.setPaused(!isPaused)}
        >
          {isPaused ? "Go on" : "Pause all"}
        </Button>
      </div>
      {queues.length === 0 && <p className={styles["nothing"]}>Nothing waits.</p>}
      {queues.map((one) => (
        <section key={one.provider} aria-label={providerName(one.provider)} className={styles["queue"]}>
          <header>
            <h3>{providerName(one.provider)}</h3>
            <span>{one.isPaused ? "paused" : counted(one.jobs.length, "job")}</span>
            <Button size="compact-xs" onClick={() => queue.setProviderPaused(one.provider, !one.isPaused)}>
              {one.isPaused ? "Go on" : "Pause"}
            </Button>
          </header>
          <ProviderQueueList queue={one} onMove={(from, to) => queue.move(one, from, to)} />
        </section>
      ))}
    </Drawer>
  );
}
