const REACHABLE = 'section[aria-label="Library"] [role="grid"] a[tabindex="0"]';

/** Gives the focus to the picture that the tab key reaches. */
export function focusLibrary(): void {
  document.querySelector<HTMLElement>(REACHABLE)?.focus({ preventScroll: true });
}

/** The same in the next frame, when what closes now is gone, where nothing has the focus any more. */
export function focusLibraryIfLost(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === null || document.activeElement === document.body) focusLibrary();
  });
}
