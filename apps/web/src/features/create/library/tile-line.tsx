/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed one by one are no table to a browser */
import { memo } from "react";
import type { TileRow } from "./library-rows.ts";
import styles from "./library.module.css";
import { Tile } from "./tile.tsx";

interface TileLineProps {
  readonly row: TileRow;
  /** Place of its first tile in the library. */
  readonly first: number;
  /** Where it stands, in CSS pixels from the top of the library. */
  readonly start: number;
  /** Ids of selected contents; the empty set keeps its identity. */
  readonly selected: ReadonlySet<string>;
  /** Ids of contents that two devices changed. */
  readonly conflicted: ReadonlySet<string>;
  /** Whether it goes by so fast that frames are enough. */
  readonly bare: boolean;
  /** Place in the library of the tile that the tab key reaches, if it is in this row. */
  readonly reachable: number | undefined;
}

/** One row of tiles. */
export const TileLine = memo(function TileLine(props: TileLineProps) {
  const { row, first, start, selected, conflicted, bare, reachable } = props;
  return (
    <div role="row" className={styles["row"]} style={{ transform: `translateY(${start}px)` }}>
      {row.items.map((item, at) => (
        <Tile
          key={item.key}
          item={item}
          index={first + at}
          width={item.aspect * row.tileHeight}
          height={row.tileHeight}
          selected={item.kind === "picture" && selected.has(item.content.id)}
          conflicted={item.kind === "picture" && conflicted.has(item.content.id)}
          bare={bare}
          reachable={first + at === reachable}
        />
      ))}
    </div>
  );
});
