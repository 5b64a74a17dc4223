/** Resolves in a later turn of the event loop, after what others are waiting for there. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
