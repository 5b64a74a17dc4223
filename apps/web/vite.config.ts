import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { manifest } from "./pwa/manifest.ts";
import { preloadApp } from "./pwa/preload-app.ts";
import { stampSources } from "./pwa/source-stamp.ts";
import { workbox } from "./pwa/workbox.ts";

/** The server that `pnpm dev` starts beside this one. */
const server = `http://127.0.0.1:${process.env["PORT"] ?? "8787"}`;

export default defineConfig({
  plugins: [
    react(),
    stampSources(),
    preloadApp({
      app: "/src/main.tsx",
      rooms: {
        "/create": "/src/features/create/create-room.tsx",
        "/jobs": "/src/features/jobs/jobs-room.tsx",
      },
    }),
    // The page itself asks before it changes to a new version: work under way is never interrupted.
    VitePWA({ registerType: "prompt", injectRegister: false, manifest, workbox }),
  ],
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: Object.fromEntries(
      ["/api", "/health", "/load-jobs", "/save-jobs", "/docs", "/login"].map((path) => [
        path,
        { target: server },
      ]),
    ),
  },
  build: {
    target: "es2022",
    // One style sheet, there before anything is drawn: rooms do not wait for theirs.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Each file costs the service worker a turn: what a start needs comes as few.
          groups: [
            // The first script waits for nothing that the app alone needs.
            {
              name: "start",
              test: /vite[\\/]preload-helper|first-look[\\/](?:draw-look|hold-keys|look-key|painted)|early-storage|sync[\\/]src[\\/]adapters[\\/](?:browser|idb)-storage/,
            },
            { name: "react", test: /node_modules[\\/](?:\.pnpm[\\/])?(?:react|react-dom|scheduler)[@\\/]/ },
            { name: "tanstack", test: /node_modules[\\/](?:\.pnpm[\\/])?@tanstack/ },
            { name: "mantine", test: /node_modules[\\/](?:\.pnpm[\\/])?(?:@mantine|@floating-ui)/ },
            { name: "icons", test: /node_modules[\\/](?:\.pnpm[\\/])?@tabler/ },
            {
              name: "sync",
              test: /packages[\\/]sync[\\/]src[\\/]create-(?:browser-)?sync-client|sync[\\/]device-name|node_modules[\\/](?:\.pnpm[\\/])?uuid[@\\/]/,
            },
            {
              name: "shared",
              test: /apps[\\/]web[\\/]src[\\/](?:(?:api|components|domain|search)[\\/]|sync[\\/](?!early-client)|features[\\/][\w-]+[\\/][\w-]+-search\.ts)/,
            },
            // What these rooms and the parts that they load late have in common.
            {
              name: "create-parts",
              test: /features[\\/]create[\\/]|shared[\\/]src[\\/]picture-metadata/,
              minShareCount: 2,
            },
            { name: "jobs-parts", test: /features[\\/]jobs[\\/]/, minShareCount: 2 },
          ],
        },
      },
    },
  },
});
