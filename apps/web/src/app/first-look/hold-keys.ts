/**
 * Holds the letters and signs that are pressed while a look of the page stands there and nothing of the app hears them, and
 * presses them again when the app has taken its place: `/` and what follows it get to the search.
 */
export function holdKeys(page: Window, root: HTMLElement): void {
  const held: KeyboardEvent[] = [];
  const hold = (event: KeyboardEvent) => {
    // Nothing is done late that cannot be undone: commands and Enter are for what a person sees done.
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    held.push(event);
  };
  page.addEventListener("keydown", hold);
  // Its first drawing takes the place of the look, and listens from then on.
  const observer = new MutationObserver(() => {
    observer.disconnect();
    page.removeEventListener("keydown", hold);
    for (const event of held) pressAgain(page.document, event);
  });
  observer.observe(root, { childList: true });
}

function pressAgain({ activeElement, body }: Document, { key, code, shiftKey }: KeyboardEvent): void {
  if (activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement) {
    const { selectionStart, selectionEnd } = activeElement;
    activeElement.setRangeText(key, selectionStart ?? 0, selectionEnd ?? 0, "end");
    activeElement.dispatchEvent(
      new InputEvent("input", { bubbles: true, data: key, inputType: "insertText" }),
    );
  } else {
    const event = new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true });
    (activeElement ?? body).dispatchEvent(event);
  }
}
