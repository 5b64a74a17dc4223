/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed one by one are no table to a browser */
import { memo } from "react";
import { FailedTile } from "./failed-tile.tsx";
import type { LibraryItem } from "./library-item.ts";
import styles from "./tile.module.css";
import { PendingTile } from "./pending-tile.tsx";
import { PictureTile } from "./picture-tile.tsx";

interface TileProps {
  readonly item: LibraryItem;
  /** Its place in the whole library. */
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly selected: boolean;
  /** Whether two devices changed it. */
  readonly conflicted: boolean;
  /** Whether it goes by so fast that its frame is enough. */
  readonly bare: boolean;
  /** Whether it is the one that the tab key reaches. */
  readonly reachable: boolean;
}

/** One place of the library. Its frame stays while what is in it changes from work to picture. */
export const Tile = memo(function Tile(props: TileProps) {
  const { item, index, width, height, selected, conflicted, bare, reachable } = props;
  return (
    <div
      role="gridcell"
      className={styles["tile"]}
      style={{ width, height }}
      data-index={index}
      data-selected={selected || undefined}
      aria-selected={item.kind === "picture" ? selected : undefined}
      draggable={item.kind === "picture"}
    >
      {item.kind === "picture" && !bare && (
        <PictureTile
          content={item.content}
          width={width}
          height={height}
          selected={selected}
          conflicted={conflicted}
          reachable={reachable}
        />
      )}
      {item.kind === "pending" && <PendingTile {...item} reachable={reachable} />}
      {item.kind === "failed" && <FailedTile job={item.job} reachable={reachable} />}
    </div>
  );
});
