import type { BlobRef } from "@safelight/shared";
import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
import { useLocalBlob } from "../sync/use-local-blob.ts";
import { useSettled } from "../sync/use-settled.ts";
import { pictureSources } from "./picture-sources.ts";
import styles from "./picture.module.css";

interface PictureProps {
  readonly blob: BlobRef | undefined;
  readonly alt: string;
  /** Size on screen, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether the bytes may still be only on this device. */
  readonly mayBeLocal?: boolean;
}

/**
 * A picture at thumbnail size: this device's own copy while the bytes may be nowhere else, then the server's
 * thumbnails, of which the service worker keeps those that were seen. Where one cannot be had, the others are tried.
 */
export function Picture({ blob, alt, width, height, mayBeLocal = false }: PictureProps) {
  const settled = useSettled() || !mayBeLocal;
  const [failed, setFailed] = useState(0);
  const sources = blob === undefined ? [] : pictureSources(blob, width);
  const local = useLocalBlob(blob?.sha256, mayBeLocal && (!settled || failed >= sources.length));
  const frame = { width, height };
  if (!local.ready) return <div className={styles["frame"]} style={frame} />;
  const own = local.url === undefined ? undefined : { src: local.url };
  const source = settled ? (sources[failed] ?? own) : (own ?? sources[failed]);
  if (source === undefined) {
    return (
      <div className={styles["missing"]} style={frame}>
        <IconPhotoOff size={20} stroke={1.5} aria-hidden="true" />
        <span className={height < 100 ? "visually-hidden" : undefined}>
          {alt === "" ? "" : <span className="visually-hidden">{alt}: </span>}
          Not on this device
        </span>
      </div>
    );
  }
  const small = (blob?.width ?? Infinity) <= 256;
  return (
    <img
      className={styles["picture"]}
      data-pixels={small || undefined}
      style={frame}
      {...source}
      alt={alt}
      width={Math.round(width)}
      height={Math.round(height)}
      draggable={false}
      decoding="async"
      loading="lazy"
      onError={() => setFailed(failed + 1)}
    />
  );
}
