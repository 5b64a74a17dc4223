import { isLookDrawn } from "./draw-look.ts";
import { LOOK_KEPT_AT, lookKey, lookPlace } from "./look-key.ts";

/** In UTF-16 units. A larger page would take longer to read than it saves. */
const MOST_LETTERS = 500_000;

/** Keeps how the page looks whenever it is hidden or left, for `drawLook` at its next start. Answers how to end that. */
export function keepLook(page: Window, root: HTMLElement): () => void {
  // Pages that are left are hidden, too.
  const onVisibility = () => {
    // One that was left before it was drawn says nothing new.
    if (page.document.visibilityState === "hidden" && !isLookDrawn(root)) store(page, lookOf(page, root));
  };
  page.document.addEventListener("visibilitychange", onVisibility);
  return () => page.document.removeEventListener("visibilitychange", onVisibility);
}

/** The kept text of the page; `undefined` when its next start will not look like it. */
function lookOf(page: Window, root: HTMLElement): string | undefined {
  const place = lookPlace(page);
  const grid = root.querySelector('[role="grid"]');
  // A page starts at its beginning, with nothing selected.
  if (place === undefined || grid === null || grid.parentElement?.scrollTop !== 0) return undefined;
  if (grid.querySelector('[aria-selected="true"]') !== null) return undefined;
  const html = writtenOut(root);
  return html.length > MOST_LETTERS ? undefined : lookKey(place) + html;
}

function writtenOut(root: HTMLElement): string {
  const copy = root.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return "";
  // What is typed is no attribute and no child.
  const typed = root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  const written = copy.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  for (const [index, field] of [...typed].entries()) {
    const other = written[index];
    if (other instanceof HTMLTextAreaElement) other.textContent = field.value;
    else if (other?.type !== "file") other?.setAttribute("value", field.value);
    if (other !== undefined) other.readOnly = true;
  }
  for (const picture of copy.querySelectorAll("img")) {
    // An address of this page's memory means nothing to the next one.
    if (picture.src.startsWith("blob:")) picture.removeAttribute("src");
  }
  // Until here the copy has the same parts as the page.
  removeUnseen(root, copy);
  // Whether everything is saved is known when the app has looked, never before.
  for (const live of copy.querySelectorAll("[data-live]")) live.replaceChildren();
  for (const part of copy.querySelectorAll("script, iframe, object, embed, video")) part.remove();
  return copy.innerHTML;
}

/** Takes off the copy what nobody sees on the page: every element costs the next start time. */
function removeUnseen(page: Element, copy: Element): void {
  const copies = [...copy.children];
  for (const [index, child] of [...page.children].entries()) {
    const other = copies[index];
    // These have parts that are used and never seen.
    if (other === undefined || child.matches("style, svg, select")) continue;
    if (isSeen(child)) removeUnseen(child, other);
    else other.remove();
  }
}

function isSeen(element: Element): boolean {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  // Rows stand where they stand, whatever is beside them.
  if (!element.matches('[role="row"], tr[data-index]')) return true;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < element.ownerDocument.documentElement.clientHeight;
}

function store(page: Window, look: string | undefined): void {
  try {
    if (look === undefined) page.localStorage.removeItem(LOOK_KEPT_AT);
    else page.localStorage.setItem(LOOK_KEPT_AT, look);
  } catch {
    // Refused or full storage: the next start draws the page itself.
  }
}
