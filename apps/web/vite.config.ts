import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { manifest } from "./pwa/manifest.ts";
import { workbox } from "./pwa/workbox.ts";

/** The server that `pnpm dev` starts beside this one. */
const server = `http://127.0.0.1:${process.env["PORT"] ?? "8787"}`;

export default defineConfig({
  plugins: [
    react(),
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
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](?:\.pnpm[\\/])?(?:react|react-dom|scheduler)[@\\/]/ },
            { name: "tanstack", test: /node_modules[\\/](?:\.pnpm[\\/])?@tanstack/ },
            { name: "mantine", test: /node_modules[\\/](?:\.pnpm[\\/])?(?:@mantine|@floating-ui)/ },
          ],
        },
      },
    },
  },
});
