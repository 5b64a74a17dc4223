import type { GeneratedContent } from "@safelight/shared";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { use } from "react";
import { ConflictBadge } from "../../../components/conflict-badge.tsx";
import { Picture } from "../../../components/picture.tsx";
import { formatClock } from "../../../domain/format.ts";
import { ClipPreview } from "./clip-preview.tsx";
import { pictureSource, pictureTitle } from "./picture-words.ts";
import { TileNames } from "./tile-names.ts";
import styles from "./tile.module.css";

interface PictureTileProps {
  readonly content: GeneratedContent;
  readonly width: number;
  readonly height: number;
  readonly selected: boolean;
  /** Whether two devices changed it. */
  readonly conflicted: boolean;
  /** Whether it is the one that the tab key reaches. */
  readonly reachable: boolean;
}

/**
 * A picture or clip. What its parts do is decided by the grid around it, which listens for all tiles. Dozens are drawn
 * while a person scrolls: signs that are seen under the pointer alone are the style sheet's.
 */
export function PictureTile({ content, width, height, selected, conflicted, reachable }: PictureTileProps) {
  const names = use(TileNames);
  const title = pictureTitle(content);
  const starred = content.star === true;
  const isClip = content.type === "video";
  return (
    <>
      <a
        href={`/create?picture=${encodeURIComponent(content.id)}`}
        className={styles["open"]}
        aria-label={`Open ${title}`}
        tabIndex={reachable ? 0 : -1}
        draggable={false}
        data-part="open"
      >
        {isClip ? (
          <ClipPreview content={content} title={title} width={width} height={height} />
        ) : (
          <Picture
            blob={content.blob}
            alt={title}
            width={width}
            height={height}
            mayBeLocal={content.origin !== "generated"}
          />
        )}
        <span className={styles["caption"]}>
          <span className={styles["words"]}>{title}</span>
          <span className={styles["source"]}>{pictureSource(content, names)}</span>
        </span>
        {conflicted && (
          <span className={styles["conflict"]}>
            <ConflictBadge />
          </span>
        )}
        {isClip && (
          <span className={styles["clip"]}>
            <IconPlayerPlayFilled size={11} aria-hidden="true" />
            {content.blob?.durationMs === undefined ? "Clip" : formatClock(content.blob.durationMs / 1000)}
          </span>
        )}
      </a>
      <button
        type="button"
        className={styles["check"]}
        aria-pressed={selected}
        aria-label={`Select ${title}`}
        title={selected ? "Selected" : "Select (Space)"}
        tabIndex={-1}
        data-part="check"
      />
      <button
        type="button"
        className={styles["star"]}
        aria-pressed={starred}
        aria-label={`Star ${title}`}
        title={starred ? "Starred" : "Star (s)"}
        tabIndex={-1}
        data-part="star"
      />
    </>
  );
}
