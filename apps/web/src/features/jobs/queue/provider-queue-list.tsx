import { Button } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { type DragEvent, type KeyboardEvent, useRef, useState } from "react";
import { formatCount } from "../../../domain/format.ts";
import { jobTitle } from "../job-words.ts";
import styles from "./queue.module.css";
import type { ProviderQueue } from "./use-queue.ts";

const AT_FIRST = 100;

interface ProviderQueueListProps {
  readonly queue: ProviderQueue;
  readonly onMove: (from: number, to: number) => void;
}

/** The jobs of one provider's queue, moved by dragging, or by the arrow keys on their handles. */
export function ProviderQueueList({ queue, onMove }: ProviderQueueListProps) {
  const { jobs } = queue;
  const [most, setMost] = useState(AT_FIRST);
  const [dragged, setDragged] = useState<number>();
  const [target, setTarget] = useState<number>();
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);

  const move = (from: number, to: number) => {
    const place = Math.max(0, Math.min(jobs.length - 1, to));
    if (place === from) return;
    onMove(from, place);
    setSaid(`Now at place ${place + 1} of ${jobs.length}.`);
    // The handle went with its job.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-place="${place}"] button`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: jobs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(index, to);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== undefined && target !== undefined) onMove(dragged, target);
    setDragged(undefined);
    setTarget(undefined);
  };

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what is dragged is dropped here; the handles do the same by keyboard */}
      <ol
        ref={list}
        className={styles["list"]}
        onDrop={onDrop}
        onDragOver={(event) => event.preventDefault()}
      >
        {jobs.slice(0, most).map((job, index) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- as above
          <li
            key={job.id}
            draggable
            data-place={index}
            data-target={
              target === index && dragged !== index
                ? Number(dragged) < index
                  ? "after"
                  : "before"
                : undefined
            }
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              setDragged(index);
            }}
            onDragOver={() => setTarget(index)}
            onDragEnd={() => {
              setDragged(undefined);
              setTarget(undefined);
            }}
          >
            <button
              type="button"
              title="Drag, or move with the arrow keys"
              aria-label={`Job ${job.number ?? "without a number"}: place ${index + 1} of ${jobs.length}`}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              <IconGripVertical size={15} stroke={1.7} aria-hidden="true" />
            </button>
            <span className={styles["number"]}>{job.number ?? "—"}</span>
            <span className={styles["prompt"]}>{jobTitle(job)}</span>
          </li>
        ))}
      </ol>
      <output className="visually-hidden">{said}</output>
      {jobs.length > most && (
        <Button size="xs" onClick={() => setMost(most + AT_FIRST)}>
          {formatCount(jobs.length - most)} more wait behind these
        </Button>
      )}
    </>
  );
}
