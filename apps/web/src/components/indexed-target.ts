import type { MouseEvent } from "react";
import { isMenuClick, type MenuPlace, placeOfClick } from "./menu-place.ts";

/** The tile or row, named by its place in what is shown (`data-index`), in which an event happened. */
export function indexedElement(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
}

/** The place of that tile or row; undefined between them. */
export function indexOfTarget(target: EventTarget): number | undefined {
  const element = indexedElement(target);
  return element === null ? undefined : Number(element.dataset["index"]);
}

interface MenuAsked {
  readonly idAt: (index: number) => string | undefined;
  readonly onActive: (index: number) => void;
  readonly onMenu: (id: string, place: MenuPlace) => void;
}

/** Answers a right click on a tile or row with its menu; elsewhere, and with Shift, the browser's own comes. */
export function menuOfClick(event: MouseEvent, { idAt, onActive, onMenu }: MenuAsked): void {
  const index = indexOfTarget(event.target);
  const id = index === undefined ? undefined : idAt(index);
  if (index === undefined || id === undefined || !isMenuClick(event)) return;
  event.preventDefault();
  onActive(index);
  onMenu(id, placeOfClick(event));
}
