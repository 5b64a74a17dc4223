import type { KeyboardEvent, PointerEvent } from "react";
import styles from "./pane-handle.module.css";

interface PaneHandleProps {
  readonly label: string;
  /** Width of the pane, in CSS pixels. */
  readonly width: number;
  readonly onResize: (width: number) => void;
  /** On which side of the handle the pane lies. */
  readonly pane: "left" | "right";
}

const KEY_STEP = 16;

/** The edge of a pane: dragged, or moved with the arrow keys. */
export function PaneHandle({ label, width, onResize, pane }: PaneHandleProps) {
  const sign = pane === "left" ? 1 : -1;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? KEY_STEP : event.key === "ArrowLeft" ? -KEY_STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    onResize(width + step * sign);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent) => onResize(width + (move.clientX - from) * sign);
    handle.addEventListener("pointermove", onMove);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", onMove), {
      once: true,
    });
    event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that can be moved is a control
    <hr
      className={styles["handle"]}
      data-pane={pane}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
    />
  );
}
