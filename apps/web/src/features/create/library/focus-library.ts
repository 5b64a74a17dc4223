/** A busy page takes some frames to take away what closed. */
const MOST_FRAMES = 60;
const REACHABLE = 'section[aria-label="Library"] [role="grid"] a[tabindex="0"]';

/** Gives the focus to the picture that the tab key reaches. */
export function focusLibrary(): void {
  document.querySelector<HTMLElement>(REACHABLE)?.focus({ preventScroll: true });
}

/** The same when what closes now is gone, where nothing has the focus any more. */
export function focusLibraryIfLost(): void {
  let frames = MOST_FRAMES;
  const look = () => {
    const { activeElement } = document;
    frames -= 1;
    if (activeElement === null || activeElement === document.body) focusLibrary();
    else if (frames > 0 && activeElement.closest('[role="dialog"], [role="menu"]') !== null)
      requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
