import type { ManifestOptions } from "vite-plugin-pwa";

/** How the system shows the installed app. */
export const manifest: Partial<ManifestOptions> = {
  name: "Safelight",
  short_name: "Safelight",
  description: "A studio for generative work in which nothing is lost.",
  id: "/",
  start_url: "/create",
  display: "standalone",
  background_color: "#0f0d0c",
  theme_color: "#161311",
  icons: [
    { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
  ],
};
