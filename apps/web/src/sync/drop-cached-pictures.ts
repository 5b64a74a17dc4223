/** Gives up the pictures that the service worker keeps: the server has them all. For when the disk is full. */
export async function dropCachedPictures(): Promise<void> {
  if (!("caches" in globalThis)) return;
  await Promise.all(["originals", "thumbnails"].map((name) => caches.delete(name)));
}
