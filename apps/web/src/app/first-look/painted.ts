/** A page in the background has no frames: nothing waits longer for one, in milliseconds. */
const LONGEST_MS = 100;

/** Resolves when what stands on the page now has been painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => resolve(), { once: true });
    port1.start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its own origin alone
    requestAnimationFrame(() => port2.postMessage(undefined));
    setTimeout(resolve, LONGEST_MS);
  });
}
