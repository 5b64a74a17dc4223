import type { VitePWAOptions } from "vite-plugin-pwa";

const DAY_S = 24 * 60 * 60;

/**
 * What the service worker keeps: the built app, and the pictures that were seen. Both are named by their bytes, so a
 * kept copy is never stale. Nothing else of the API is ever kept: records have one cache, the sync engine's.
 */
export const workbox: VitePWAOptions["workbox"] = {
  globPatterns: ["**/*.{js,css,html,svg,png,webmanifest}", "assets/inter-latin*-wght-normal-*.woff2"],
  navigateFallback: "/index.html",
  navigateFallbackDenylist: [/^\/(?:api|health|load-jobs|save-jobs|docs|login)(?:[/?]|$)/],
  cleanupOutdatedCaches: true,
  // The first visit's pictures are kept too, not only those after a reload.
  clientsClaim: true,
  runtimeCaching: [
    {
      urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/api/thumbnails/"),
      handler: "CacheFirst",
      options: {
        cacheName: "thumbnails",
        cacheableResponse: { statuses: [200] },
        expiration: { maxEntries: 4000, maxAgeSeconds: 180 * DAY_S, purgeOnQuotaError: true },
      },
    },
    {
      // Only pictures that the page shows: a download or a check by the sync engine goes to the server.
      urlPattern: ({ url, sameOrigin, request }) =>
        sameOrigin && url.pathname.startsWith("/api/blobs/") && request.destination === "image",
      handler: "CacheFirst",
      options: {
        cacheName: "originals",
        cacheableResponse: { statuses: [200] },
        expiration: { maxEntries: 400, maxAgeSeconds: 180 * DAY_S, purgeOnQuotaError: true },
      },
    },
  ],
};
