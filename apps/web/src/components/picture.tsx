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

interface FrameProps extends Omit<PictureProps, "mayBeLocal"> {
  /** This device's own copy, if it is wanted. */
  readonly own: string | undefined;
  /** Whether that comes before what the server has. */
  readonly ownFirst: boolean;
  /** How many of the sources could not be had. */
  readonly failed: number;
  readonly onFailed: () => void;
}

/**
 * A picture at thumbnail size: this device's own copy while the bytes may be nowhere else, then the server's
 * thumbnails, of which the service worker keeps those that were seen. Where one cannot be had, the others are tried.
 */
export function Picture({ mayBeLocal = false, ...props }: PictureProps) {
  // Most are the server's: those ask nothing of the sync client, so that many can be drawn at once.
  return mayBeLocal ? <OwnPicture {...props} /> : <ServerPicture {...props} />;
}

function ServerPicture(props: Omit<PictureProps, "mayBeLocal">) {
  const [failed, setFailed] = useState(0);
  const onFailed = () => setFailed(failed + 1);
  return <Frame {...props} own={undefined} ownFirst={false} failed={failed} onFailed={onFailed} />;
}

function OwnPicture(props: Omit<PictureProps, "mayBeLocal">) {
  const { blob, width, height } = props;
  const settled = useSettled();
  const [failed, setFailed] = useState(0);
  const count = blob === undefined ? 0 : pictureSources(blob, width).length;
  const local = useLocalBlob(blob?.sha256, !settled || failed >= count);
  if (!local.ready) return <div className={styles["frame"]} style={{ width, height }} />;
  const onFailed = () => setFailed(failed + 1);
  return <Frame {...props} own={local.url} ownFirst={!settled} failed={failed} onFailed={onFailed} />;
}

function Frame({ blob, alt, width, height, own: url, ownFirst, failed, onFailed }: FrameProps) {
  const frame = { width, height };
  const sources = blob === undefined ? [] : pictureSources(blob, width);
  const own = url === undefined ? undefined : { src: url };
  const source = ownFirst ? (own ?? sources[failed]) : (sources[failed] ?? own);
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
      onError={onFailed}
    />
  );
}
