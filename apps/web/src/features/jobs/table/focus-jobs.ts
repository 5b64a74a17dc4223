/** Gives the focus to the row of the table that the tab key reaches. */
export function focusJobs(): void {
  document
    .querySelector<HTMLElement>('table[aria-label="Jobs"] tr[tabindex="0"]')
    ?.focus({ preventScroll: true });
}
