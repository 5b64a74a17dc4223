import type { GeneratedContent } from "@safelight/shared";
import { useState } from "react";
import { blobUrl, thumbnailUrl } from "../../../components/picture-sources.ts";
import { useLocalBlob } from "../../../sync/use-local-blob.ts";
import styles from "./viewer.module.css";

/** The original; where it cannot be had, the largest thumbnail that this device kept, and that it says so. */
export function FullPicture({ content, title }: { content: GeneratedContent; title: string }) {
  const { blob } = content;
  const local = useLocalBlob(blob?.sha256, content.origin !== "generated");
  const [failed, setFailed] = useState(0);
  if (blob === undefined)
    return <p className={styles["gone"]}>The bytes of this picture are not in the studio.</p>;
  if (!local.ready) return null;
  const isClip = blob.mime.startsWith("video/");
  const sources = isClip
    ? [blobUrl(blob.sha256)]
    : [
        blobUrl(blob.sha256),
        thumbnailUrl(blob.sha256, 1024),
        thumbnailUrl(blob.sha256, 512),
        thumbnailUrl(blob.sha256, 256),
      ];
  const source = local.url ?? sources[failed];
  if (source === undefined) {
    return (
      <p className={styles["gone"]}>
        {isClip
          ? "This clip cannot be played here now: it is not on this device, or this browser does not know its kind."
          : "This picture was not seen on this device yet, and the server is away."}
      </p>
    );
  }
  const onError = () => setFailed(failed + 1);
  if (isClip) {
    return (
      <video
        className={styles["picture"]}
        src={source}
        {...(content.poster === undefined ? {} : { poster: blobUrl(content.poster.sha256) })}
        style={{
          aspectRatio: blob.width === undefined ? "auto" : `${blob.width} / ${blob.height ?? blob.width}`,
        }}
        aria-label={title}
        controls
        autoPlay={!matchMedia("(prefers-reduced-motion: reduce)").matches}
        loop
        muted
        playsInline
        onError={onError}
      />
    );
  }
  const small = (blob.width ?? Infinity) <= 256;
  return (
    <>
      <img
        className={styles["picture"]}
        data-pixels={small || undefined}
        style={{
          // The place is known before the bytes are here: nothing jumps.
          aspectRatio: blob.width === undefined ? "auto" : `${blob.width} / ${blob.height ?? blob.width}`,
          ...(small ? {} : { maxWidth: blob.width === undefined ? "100%" : `min(100%, ${blob.width}px)` }),
        }}
        src={source}
        alt={title}
        draggable={false}
        onError={onError}
      />
      {failed > 0 && local.url === undefined && (
        <p className={styles["note"]}>The original is at the server; this is a smaller copy kept here.</p>
      )}
    </>
  );
}
