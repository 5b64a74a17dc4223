import type { GeneratedContent } from "@safelight/shared";
import { useEffect, useRef, useState } from "react";
import { Picture } from "../../../components/picture.tsx";
import { blobUrl } from "../../../components/picture-sources.ts";
import { stillOf } from "../../../domain/still-of.ts";
import { useLocalBlob } from "../../../sync/use-local-blob.ts";
import { useClipPoster } from "../clips/use-clip-poster.ts";
import styles from "./clip-preview.module.css";

interface ClipPreviewProps {
  readonly content: GeneratedContent;
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** A clip in the grid: its poster, and moving while the pointer or the focus is on its tile. */
export function ClipPreview({ content, title, width, height }: ClipPreviewProps) {
  const frame = useRef<HTMLSpanElement>(null);
  const isLive = useIsLive(frame);
  const still = stillOf(content);
  useClipPoster(content);
  return (
    <span ref={frame} className={styles["moving"]} style={{ width, height }}>
      {still !== undefined && <Picture blob={still} alt={title} width={width} height={height} mayBeLocal />}
      {isLive && <Motion content={content} />}
    </span>
  );
}

/** The clip itself, over its poster. */
function Motion({ content: { blob, origin } }: { content: GeneratedContent }) {
  const local = useLocalBlob(blob?.sha256, origin !== "generated");
  if (blob === undefined || !local.ready) return null;
  const source = local.url ?? blobUrl(blob.sha256);
  return blob.mime.startsWith("video/") ? (
    <video
      src={source}
      aria-hidden="true"
      autoPlay
      muted
      loop
      playsInline
      disablePictureInPicture
      tabIndex={-1}
    />
  ) : (
    <img src={source} alt="" draggable={false} />
  );
}

/** Whether the tile around it has the pointer or the focus; never where motion is not wanted. */
function useIsLive(frame: { readonly current: HTMLElement | null }): boolean {
  const [isLive, setIsLive] = useState(false);
  useEffect(() => {
    const tile = frame.current?.closest<HTMLElement>("[role=gridcell]");
    if (tile === null || tile === undefined || matchMedia("(prefers-reduced-motion: reduce)").matches)
      return undefined;
    const stop = new AbortController();
    const look = () => setIsLive(tile.matches(":hover") || tile.contains(document.activeElement));
    for (const event of ["pointerenter", "pointerleave", "focusin"]) {
      tile.addEventListener(event, look, { signal: stop.signal });
    }
    // Where the focus goes is known after this.
    tile.addEventListener("focusout", () => setTimeout(look, 0), { signal: stop.signal });
    return () => stop.abort();
  }, [frame]);
  return isLive;
}
