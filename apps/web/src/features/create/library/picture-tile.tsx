import type { GeneratedContent } from "@safelight/shared";
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Picture } from "../../../components/picture.tsx";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import styles from "./library.module.css";
import { pictureSource, pictureTitle } from "./picture-words.ts";

interface PictureTileProps {
  readonly content: GeneratedContent;
  readonly width: number;
  readonly height: number;
}

export function PictureTile({ content, width, height }: PictureTileProps) {
  const client = useSyncClient();
  const title = pictureTitle(content);
  const starred = content.star === true;
  return (
    <>
      <Link
        to="/create"
        search={(search) => ({ ...search, picture: content.id })}
        className={styles["open"]}
        aria-label={`Open ${title}`}
        preload={false}
      >
        <Picture
          blob={content.blob}
          alt={title}
          width={width}
          height={height}
          mayBeLocal={content.origin !== "generated"}
        />
        <span className={styles["caption"]}>
          <span className={styles["words"]}>{title}</span>
          <span className={styles["source"]}>{pictureSource(content)}</span>
        </span>
      </Link>
      <button
        type="button"
        className={styles["star"]}
        aria-pressed={starred}
        aria-label={`Star ${title}`}
        title={starred ? "Starred" : "Star"}
        onClick={() => client.update("contents", content.id, { star: starred ? null : true })}
      >
        {starred ? <IconStarFilled size={16} /> : <IconStar size={16} stroke={1.7} />}
      </button>
    </>
  );
}
