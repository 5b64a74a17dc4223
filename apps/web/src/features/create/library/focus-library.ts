const REACHABLE = 'section[aria-label="Library"] [role="grid"] a[tabindex="0"]';

/** Gives the focus to the picture that the tab key reaches. */
export function focusLibrary(): void {
  document.querySelector<HTMLElement>(REACHABLE)?.focus({ preventScroll: true });
}
