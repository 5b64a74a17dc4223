import { memo } from "react";
import { FailedTile } from "./failed-tile.tsx";
import type { LibraryItem } from "./library-items.ts";
import styles from "./library.module.css";
import { PendingTile } from "./pending-tile.tsx";
import { PictureTile } from "./picture-tile.tsx";

interface TileProps {
  readonly item: LibraryItem;
  readonly width: number;
  readonly height: number;
}

/** One place of the library. Its frame stays while what is in it changes from work to picture. */
export const Tile = memo(function Tile({ item, width, height }: TileProps) {
  return (
    <li className={styles["tile"]} style={{ width, height }}>
      {item.kind === "picture" && <PictureTile content={item.content} width={width} height={height} />}
      {item.kind === "pending" && <PendingTile {...item} />}
      {item.kind === "failed" && <FailedTile job={item.job} />}
    </li>
  );
});
