import type { GeneratedContent } from "@safelight/shared";
import { useRef } from "react";
import { Picture } from "../../../components/picture.tsx";
import { blobUrl } from "../../../components/picture-sources.ts";
import { useLocalBlob } from "../../../sync/use-local-blob.ts";

interface ClipPreviewProps {
  readonly content: GeneratedContent;
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** A clip in the grid: its first frame, and moving while the pointer is on it. */
export function ClipPreview({ content, title, width, height }: ClipPreviewProps) {
  const { blob } = content;
  const video = useRef<HTMLVideoElement>(null);
  const local = useLocalBlob(blob?.sha256, content.origin !== "generated");
  // A clip that is a moving picture file plays by itself.
  if (blob === undefined || !blob.mime.startsWith("video/"))
    return <Picture blob={blob} alt={title} width={width} height={height} />;
  if (!local.ready) return <div style={{ width, height }} />;
  return (
    <video
      ref={video}
      src={local.url ?? blobUrl(blob.sha256)}
      aria-label={title}
      muted
      loop
      playsInline
      preload="metadata"
      style={{ display: "block", width, height, objectFit: "cover" }}
      onPointerEnter={() => {
        // Leaving before it began is no fault.
        video.current?.play().catch(() => undefined);
      }}
      onPointerLeave={() => video.current?.pause()}
    />
  );
}
