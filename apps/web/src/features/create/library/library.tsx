import {
  memo,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useKeptFocus } from "../../../components/use-kept-focus.ts";
import { useWidth } from "../../../components/use-width.ts";
import { useFastScroll } from "../../../components/use-fast-scroll.ts";
import { useVirtualRows } from "../../../components/use-virtual-rows.ts";
import { useConflictedIds } from "../../../sync/use-conflicts.ts";
import { DayHeading } from "./day-heading.tsx";
import { focusLibrary } from "./focus-library.ts";
import type { LibraryItem } from "./library-item.ts";
import type { LibraryMemory } from "./library-memory.ts";
import { rowOfTile } from "./library-rows.ts";
import styles from "./library.module.css";
import { TileLine } from "./tile-line.tsx";
import { type TileCommands, useTileEvents } from "./use-tile-events.ts";
import { useRubberBand } from "../select/use-rubber-band.ts";

const GAP = 8;

interface LibraryProps {
  readonly items: readonly LibraryItem[];
  /** Height that rows come close to, in CSS pixels. */
  readonly rowHeight: number;
  /** The local day, as "2026-11-21". */
  readonly today: string;
  /** Names what is asked for: another one is shown from its beginning. */
  readonly view: string;
  /** Whether only part of the library is asked for. */
  readonly narrowed: boolean;
  readonly memory: LibraryMemory;
  readonly selected: ReadonlySet<string>;
  readonly commands: TileCommands;
}

/** The pictures by day, in justified rows, of which only those near the screen are drawn. */
export const Library = memo(function Library(props: LibraryProps) {
  const { items, rowHeight, today, view, narrowed, memory, selected, commands } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { width: lastWidth } = memory;
  const [measure, width] = useWidth<HTMLDivElement>(lastWidth.current);
  useEffect(() => {
    lastWidth.current = width;
  }, [lastWidth, width]);
  const layOut = narrowed ? memory.layOutFound : memory.layOutAll;
  const layout = useMemo(
    () =>
      layOut(items, {
        width: Math.floor(width),
        gap: GAP,
        // On a phone at least two pictures stand side by side.
        targetHeight: Math.min(rowHeight, Math.max(96, width * 0.36)),
        today,
        mayJoinDays: narrowed,
      }),
    [layOut, items, width, rowHeight, today, narrowed],
  );
  const { rows, firsts, places } = layout;
  const conflicted = useConflictedIds("contents");
  const [active, setActive] = useState(0);
  const reachable = Math.min(active, Math.max(0, items.length - 1));
  const reachableRow = rowOfTile(layout, reachable);
  const fast = useFastScroll(scroller);
  // What nobody sees yet is drawn after what is asked for: another search may come before it.
  const isSettled = useDeferredValue(view, "") === view;
  const virtual = useVirtualRows({
    places,
    scroller,
    overscan: fast || !isSettled ? 1 : 4,
    always: reachableRow,
  });
  const { scrollToRow, offset } = virtual;
  const focusTile = useCallback(
    (index: number) => {
      setActive(index);
      const row = rowOfTile(layout, index);
      // A first row is shown with the heading of its day.
      scrollToRow(rows[row - 1]?.kind === "day" ? row - 1 : row);
      // At once where it is drawn, so that keys which follow find it.
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${index}"] a`)
        ?.focus({ preventScroll: true });
      // The tile is drawn by then, wherever it was, or its successor stands there.
      requestAnimationFrame(() => {
        const tile = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
        if (tile === null || tile === undefined) focusLibrary();
        else tile.focus({ preventScroll: true });
      });
    },
    [layout, rows, scrollToRow],
  );
  const events = useTileEvents({
    items,
    layout,
    gap: GAP,
    selected,
    commands,
    focusTile,
    onActive: setActive,
  });
  const { drawn, onPointerDown } = useRubberBand({
    scroller,
    items,
    layout,
    gap: GAP,
    band: commands.band,
    focusTile,
  });
  useKeptFocus(scroller, items, focusLibrary);
  const shownView = useRef(view);
  useLayoutEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    // What was found is looked at from its beginning.
    if (offset() !== 0) scroller.current?.scrollTo(0, 0);
    setActive(0);
  }, [view, offset]);

  return (
    <div ref={scroller} className={styles["scroller"]} onPointerDown={onPointerDown}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the tiles in it take the focus */}
      <div
        ref={measure}
        role="grid"
        aria-label="Pictures"
        aria-multiselectable="true"
        aria-rowcount={rows.length}
        style={{ height: places.height }}
        {...events}
      >
        {virtual.rows.map((index) => {
          const row = rows[index];
          if (row === undefined) return null;
          const start = places.startOf(index);
          return row.kind === "day" ? (
            <DayHeading key={row.key} row={row} start={start} />
          ) : (
            <TileLine
              key={row.key}
              row={row}
              first={firsts[index] ?? 0}
              start={start}
              selected={selected}
              conflicted={conflicted}
              bare={fast && index !== reachableRow}
              reachable={index === reachableRow ? reachable : undefined}
            />
          );
        })}
        <div ref={drawn} className={styles["band"]} aria-hidden="true" hidden />
      </div>
    </div>
  );
});
