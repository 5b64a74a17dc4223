import type { KeyboardEvent, MouseEvent } from "react";

/** Where a context menu opens, in CSS pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

/** Whether a key asks for the context menu of what has the focus. */
export function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === "ContextMenu" || (shiftKey && key === "F10");
}

/** Whether a right click asks for our menu. With Shift the browser's own comes. */
export function isMenuClick({ shiftKey }: MouseEvent): boolean {
  return !shiftKey;
}

export function placeOfClick({ clientX, clientY }: MouseEvent): MenuPlace {
  return { x: clientX, y: clientY };
}

/** Upon what the menu is about, near its top left: what it is about stays in sight. */
export function placeOfElement(element: Element): MenuPlace {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + Math.min(24, width / 2), y: top + Math.min(24, height / 2) };
}
