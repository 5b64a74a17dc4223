/** A page that is not shown paints nothing: it waits no longer than this, in milliseconds. */
const LONGEST_MS = 200;

/** Resolves when the next frame has been painted. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_MS);
    // Runs before the frame is painted; what it queues, after.
    if (typeof requestAnimationFrame !== "undefined") requestAnimationFrame(() => void setTimeout(resolve));
  });
}
