import { LOOK_KEPT_AT, lookKey, lookPlace } from "./look-key.ts";

/**
 * Draws the page as it was when it was left, if it was left at this place, so that it stands before the app's own code has
 * run. Nobody can press or type in it, and it is gone with the app's first drawing. Answers whether there was one.
 */
export function drawLook(page: Window, root: HTMLElement): boolean {
  const place = lookPlace(page);
  if (place === undefined) return false;
  const key = lookKey(place);
  const kept = readKept(page);
  if (kept === undefined || !kept.startsWith(key)) return false;
  const look = page.document.createElement("div");
  look.inert = true;
  look.ariaHidden = "true";
  look.dataset["firstLook"] = "";
  // It is what this page's own elements were written out as; the policy of the page runs no script that is in it.
  look.innerHTML = kept.slice(key.length);
  root.replaceChildren(look);
  return true;
}

/** Whether what stands in the root is a kept look. */
export function isLookDrawn(root: HTMLElement): boolean {
  return root.querySelector(":scope > [data-first-look]") !== null;
}

function readKept(page: Window): string | undefined {
  try {
    return page.localStorage.getItem(LOOK_KEPT_AT) ?? undefined;
  } catch {
    // Storage is refused in some private windows: the app draws the page.
    return undefined;
  }
}
