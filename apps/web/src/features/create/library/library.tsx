import { useElementSize } from "@mantine/hooks";
import { memo, useCallback, useMemo, useRef } from "react";
import { moveFocus } from "../../../components/move-focus.ts";
import { useVirtualRows } from "../../../components/use-virtual-rows.ts";
import { counted } from "../../../domain/format.ts";
import type { LibraryItem } from "./library-items.ts";
import { libraryRows } from "./library-rows.ts";
import styles from "./library.module.css";
import { Tile } from "./tile.tsx";

const GAP = 8;
const TILE_KEYS = { among: "li > div > a, li > a", back: "ArrowLeft", forth: "ArrowRight" };

interface LibraryProps {
  readonly items: readonly LibraryItem[];
  /** Height that rows come close to, in CSS pixels. */
  readonly rowHeight: number;
  /** The local day, as "2026-11-21". */
  readonly today: string;
}

/** The pictures by day, in justified rows, of which only those near the screen are drawn. */
export const Library = memo(function Library({ items, rowHeight, today }: LibraryProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measure, width } = useElementSize();
  const rows = useMemo(
    () =>
      libraryRows(items, {
        width: Math.floor(width),
        gap: GAP,
        // On a phone at least two pictures stand side by side.
        targetHeight: Math.min(rowHeight, Math.max(96, width * 0.36)),
        today,
      }),
    [items, width, rowHeight, today],
  );
  const keyOf = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const heightOf = useCallback((index: number) => rows[index]?.height ?? 0, [rows]);
  const virtual = useVirtualRows({ count: rows.length, scroller, heightOf, keyOf, overscan: 3 });
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move between the tiles' own links
    <div ref={scroller} className={styles["scroller"]} onKeyDown={(event) => moveFocus(event, TILE_KEYS)}>
      <div ref={measure} style={{ height: virtual.height }}>
        {virtual.rows.map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const place = { transform: `translateY(${start}px)` };
          if (row.kind === "day") {
            return (
              <h2 key={key} className={styles["day"]} style={place}>
                <b>{row.name}</b>
                {dayWords(row)}
              </h2>
            );
          }
          return (
            <ul key={key} className={styles["row"]} style={place}>
              {row.row.tiles.map(({ item, width: tileWidth }) => (
                <Tile key={item.key} item={item} width={tileWidth} height={row.row.height} />
              ))}
            </ul>
          );
        })}
      </div>
    </div>
  );
});

function dayWords({ pictures, pending }: { readonly pictures: number; readonly pending: number }): string {
  if (pending === 0) return counted(pictures, "picture");
  return pictures === 0 ? `${pending} on the way` : `${counted(pictures, "picture")}, ${pending} on the way`;
}
