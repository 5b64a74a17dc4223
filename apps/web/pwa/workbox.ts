import type { VitePWAOptions } from "vite-plugin-pwa";

/**
 * What the service worker keeps: the built app, and the pictures that were seen (`public/sw-parts.js`). Both are named by their
 * bytes, so a kept copy is never stale. Nothing else of the API is ever kept: records have one cache, the sync engine's.
 */
export const workbox: VitePWAOptions["workbox"] = {
  globPatterns: ["**/*.{js,css,html,svg,png,webmanifest}", "assets/inter-latin*-wght-normal-*.woff2"],
  navigateFallback: "/index.html",
  navigateFallbackDenylist: [/^\/(?:api|health|load-jobs|save-jobs|docs|login)(?:[/?]|$)/],
  importScripts: ["sw-parts.js"],
  // Part of the worker, not of the page.
  globIgnores: ["sw-parts.js"],
  cleanupOutdatedCaches: true,
  // The first visit's pictures are kept too, not only those after a reload.
  clientsClaim: true,
};
