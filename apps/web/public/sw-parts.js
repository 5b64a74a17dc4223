// Parts of the service worker that are made for how often they are asked for: a start asks for a dozen scripts, and a library that is
// scrolled for dozens of pictures a second, on the cores that draw the page.
{
  const worker = self;

  /** Pictures that are kept once they were seen, by the beginning of their path; `most`: the oldest make way for more than these. */
  const KINDS = [
    { path: "/api/thumbnails/", cacheName: "thumbnails", most: 4000, isWanted: () => true },
    // Only those that the page shows: a download or a check by the sync engine goes to the server.
    {
      path: "/api/blobs/",
      cacheName: "originals",
      most: 400,
      isWanted: ({ destination }) => destination === "image",
    },
  ];
  /** Pictures that are kept between two counts. */
  const COUNT_EVERY = 50;
  let uncounted = COUNT_EVERY - 1;

  worker.addEventListener("install", (event) => {
    // Where browsers cannot do this they ask the worker. What the cache lacks comes from the network either way.
    if (event.addRoutes === undefined) return;
    const routing = event.addRoutes({
      condition: {
        urlPattern: new URLPattern({ pathname: "/assets/*", baseURL: worker.registration.scope }),
      },
      source: { cacheName: `workbox-precache-v2-${worker.registration.scope}` },
    });
    event.waitUntil(routing.catch(() => undefined));
  });

  worker.addEventListener("activate", () => {
    // Earlier versions noted there when each picture was seen.
    indexedDB.deleteDatabase("workbox-expiration");
  });

  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== worker.location.origin || request.method !== "GET") return;
    const kind = KINDS.find(({ path, isWanted }) => url.pathname.startsWith(path) && isWanted(request));
    if (kind !== undefined) event.respondWith(pictureOf(event, kind));
  });

  /** The kept copy, else the server's, which is kept. Pictures are named by their bytes, so a copy is never stale. */
  async function pictureOf(event, kind) {
    const { request } = event;
    const kept = await caches.match(request, { cacheName: kind.cacheName }).catch(() => undefined);
    if (kept !== undefined) return kept;
    const response = await fetch(request);
    if (response.status === 200) event.waitUntil(keep(kind, request, response.clone()));
    return response;
  }

  async function keep({ cacheName, most }, request, response) {
    try {
      const cache = await caches.open(cacheName);
      await cache.put(request, response);
      uncounted += 1;
      if (uncounted < COUNT_EVERY) return;
      uncounted = 0;
      const keys = await cache.keys();
      // They are told in the order in which they came.
      for (const oldest of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(oldest);
    } catch (error) {
      // The records need the room more: the server has every picture.
      if (error.name === "QuotaExceededError") {
        await Promise.all(KINDS.map((kind) => caches.delete(kind.cacheName)));
      }
    }
  }
}
