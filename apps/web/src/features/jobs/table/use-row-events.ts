import { type KeyboardEvent, type MouseEvent, useMemo } from "react";
import { indexedElement, indexOfTarget, menuOfClick } from "../../../components/indexed-target.ts";
import { isMenuKey, type MenuPlace, placeOfElement } from "../../../components/menu-place.ts";
import { useLatest } from "../../../components/use-latest.ts";
import type { JobEntry } from "./job-list.ts";

/** What the rows of the table can be asked for. */
export interface RowCommands {
  open(id: string): void;
  toggle(id: string): void;
  extendTo(id: string): void;
  /** Its context menu. */
  menu(id: string, place: MenuPlace): void;
  selectAll(): void;
  /** Answers whether there was something to clear. */
  clear(): boolean;
  /** To the trash: what is selected, or this one. */
  remove(id: string): void;
}

interface RowEventsOptions {
  readonly items: readonly JobEntry[];
  readonly selected: ReadonlySet<string>;
  readonly commands: RowCommands;
  /** Rows that fit on the screen. */
  readonly pageRows: () => number;
  readonly focusRow: (index: number) => void;
  readonly onActive: (index: number) => void;
}

/** One set of listeners for all rows: pointer and keyboard. */
export function useRowEvents(options: RowEventsOptions) {
  const latest = useLatest(options);
  return useMemo(() => {
    const idAt = (index: number) => latest.current.items[index]?.job.id;

    function onClick(event: MouseEvent<HTMLElement>): void {
      const index = indexOfTarget(event.target);
      const id = index === undefined ? undefined : idAt(index);
      if (index === undefined || id === undefined) return;
      const { commands, onActive } = latest.current;
      event.preventDefault();
      onActive(index);
      const isCheck = event.target instanceof Element && event.target.closest('[data-part="check"]') !== null;
      if (event.shiftKey) {
        window.getSelection()?.removeAllRanges();
        commands.extendTo(id);
      } else if (isCheck || event.ctrlKey || event.metaKey) commands.toggle(id);
      else commands.open(id);
    }

    function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
      const index = indexOfTarget(event.target);
      const id = index === undefined ? undefined : idAt(index);
      if (index === undefined || id === undefined || event.altKey) return;
      const { commands, focusRow, items, pageRows, selected } = latest.current;
      const isCommand = event.ctrlKey || event.metaKey;
      const next = isCommand ? undefined : moved(index, event.key, items.length - 1, pageRows());
      if (next !== undefined) {
        if (event.shiftKey) {
          // The row that the range grows from belongs to it.
          if (selected.size === 0) commands.toggle(id);
          const nextId = idAt(next);
          if (nextId !== undefined) commands.extendTo(nextId);
        }
        focusRow(next);
      } else if (isCommand && event.key.toLowerCase() === "a") commands.selectAll();
      else if (isCommand) return;
      else if (event.key === "Escape") {
        if (!commands.clear()) return;
      } else if (event.key === " ") commands.toggle(id);
      else if (event.key === "Enter") commands.open(id);
      else if (isMenuKey(event))
        commands.menu(id, placeOfElement(indexedElement(event.target) ?? event.currentTarget));
      else if (event.key === "Delete" || event.key === "Backspace") {
        latest.current.onActive(index);
        commands.remove(id);
      } else return;
      event.preventDefault();
    }

    function onContextMenu(event: MouseEvent<HTMLElement>): void {
      const { commands, onActive } = latest.current;
      menuOfClick(event, { idAt, onActive, onMenu: (id, place) => commands.menu(id, place) });
    }

    return { onClick, onKeyDown, onContextMenu };
  }, [latest]);
}

function moved(index: number, key: string, last: number, pageRows: number): number | undefined {
  const target = {
    ArrowUp: index - 1,
    ArrowDown: index + 1,
    PageUp: index - pageRows,
    PageDown: index + pageRows,
    Home: 0,
    End: last,
  }[key];
  return target === undefined ? undefined : Math.max(0, Math.min(last, target));
}
