import { type ReactNode, type RefObject, useRef } from "react";
import { useZoomGestures } from "./use-zoom-gestures.ts";
import styles from "./zoom.module.css";
import type { Zoom } from "./zoom.ts";

interface ZoomStageProps {
  readonly zoom: Zoom;
  readonly onZoom: (change: (zoom: Zoom) => Zoom) => void;
  readonly stage?: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
}

/** Where a picture can be zoomed and moved. Several may share one zoom. */
export function ZoomStage({ zoom, onZoom, stage, children }: ZoomStageProps) {
  const own = useRef<HTMLDivElement>(null);
  const element = stage ?? own;
  useZoomGestures(element, onZoom);
  return (
    <div ref={element} className={styles["stage"]} data-zoomed={zoom.scale > 1 || undefined}>
      <div
        className={styles["content"]}
        style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
      >
        {children}
      </div>
    </div>
  );
}
