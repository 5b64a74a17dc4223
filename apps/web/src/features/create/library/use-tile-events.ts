import { type DragEvent, type KeyboardEvent, type MouseEvent, useMemo } from "react";
import { useLatest } from "../../../components/use-latest.ts";
import { indexedElement, indexOfTarget, menuOfClick } from "../../../components/indexed-target.ts";
import { isMenuKey, type MenuPlace, placeOfElement } from "../../../components/menu-place.ts";
import type { BandCommands } from "../../../components/use-selection.ts";
import { DRAGGED_CONTENTS } from "./dragged-contents.ts";
import type { LibraryItem } from "./library-item.ts";
import type { LibraryLayout } from "./library-rows.ts";
import { isMoveKey, moveInRows } from "../select/move-in-rows.ts";

/** What the tiles of the library can be asked for. */
export interface TileCommands {
  open(id: string): void;
  toggle(id: string): void;
  extendTo(id: string): void;
  star(id: string): void;
  /** A key on a tile that is no move; answers whether it meant something. */
  key(key: string, id: string): boolean;
  /** Its context menu. */
  menu(id: string, place: MenuPlace): void;
  selectAll(): void;
  readonly band: BandCommands;
  /** Answers whether there was something to clear. */
  clear(): boolean;
}

interface TileEventsOptions {
  readonly items: readonly LibraryItem[];
  readonly layout: LibraryLayout;
  readonly gap: number;
  readonly selected: ReadonlySet<string>;
  readonly commands: TileCommands;
  readonly focusTile: (index: number) => void;
  readonly onActive: (index: number) => void;
}

/** One set of listeners for all tiles: pointer, keyboard and drag. */
export function useTileEvents(options: TileEventsOptions) {
  const latest = useLatest(options);
  return useMemo(() => {
    const idAt = (index: number) => {
      const item = latest.current.items[index];
      return item?.kind === "picture" ? item.content.id : undefined;
    };

    function onClick(event: MouseEvent<HTMLElement>): void {
      const index = indexOfTarget(event.target);
      if (index === undefined) return;
      latest.current.onActive(index);
      const id = idAt(index);
      const part = partOf(event.target);
      if (id === undefined || part === undefined) return;
      const { commands, selected } = latest.current;
      event.preventDefault();
      if (part === "star") commands.star(id);
      else if (event.shiftKey) commands.extendTo(id);
      else if (part === "check" || event.ctrlKey || event.metaKey || selected.size > 0) commands.toggle(id);
      else commands.open(id);
    }

    function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
      const index = indexOfTarget(event.target);
      if (index === undefined || event.altKey) return;
      const { commands, layout, gap, focusTile } = latest.current;
      const id = idAt(index);
      const isCommand = event.ctrlKey || event.metaKey;
      if (isMoveKey(event.key) && !isCommand) {
        const pageHeight = event.currentTarget.parentElement?.clientHeight ?? 0;
        const next = moveInRows(layout, index, { key: event.key, pageHeight, gap });
        if (event.shiftKey) {
          // The tile that the range grows from belongs to it.
          if (id !== undefined && latest.current.selected.size === 0) commands.toggle(id);
          const nextId = idAt(next);
          if (nextId !== undefined) commands.extendTo(nextId);
        }
        focusTile(next);
      } else if (isCommand && event.key.toLowerCase() === "a") commands.selectAll();
      else if (isCommand) return;
      else if (event.key === "Escape") {
        if (!commands.clear()) return;
      } else if (id === undefined) return;
      else if (isMenuKey(event))
        commands.menu(id, placeOfElement(indexedElement(event.target) ?? event.currentTarget));
      else if (event.key === " ") commands.toggle(id);
      else if (event.key === "Enter") {
        // On one of the tile's buttons the key is the button's.
        if (event.target instanceof HTMLButtonElement) return;
        commands.open(id);
      } else if (!commands.key(event.key, id)) return;
      // The tile is gone, and its successor stands in its place.
      else if (event.key === "Delete" || event.key === "Backspace") focusTile(index);
      event.preventDefault();
    }

    function onContextMenu(event: MouseEvent<HTMLElement>): void {
      const { commands, onActive } = latest.current;
      menuOfClick(event, { idAt, onActive, onMenu: (id, place) => commands.menu(id, place) });
    }

    function onDragStart(event: DragEvent<HTMLElement>): void {
      const index = indexOfTarget(event.target);
      const id = index === undefined ? undefined : idAt(index);
      if (id === undefined) return;
      const { selected } = latest.current;
      const ids = selected.has(id) ? [...selected] : [id];
      event.dataTransfer.setData(DRAGGED_CONTENTS, JSON.stringify(ids));
      event.dataTransfer.effectAllowed = "copyMove";
    }

    return { onClick, onKeyDown, onContextMenu, onDragStart };
  }, [latest]);
}

/** What of a tile it was: its star, its check mark, its picture. */
function partOf(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>("[data-part]")?.dataset["part"] : undefined;
}
