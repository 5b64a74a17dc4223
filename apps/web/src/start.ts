/** The page's first script: shows what there is to show, and then loads the app. */
import "@fontsource-variable/inter/wght.css";
import "./app/styles/mantine.css";
import "./app/styles/tokens.css";
import "./app/styles/global.css";
// First: the database opens beside everything else.
import "./sync/early-storage.ts";
import { drawLook } from "./app/first-look/draw-look.ts";
import { holdKeys } from "./app/first-look/hold-keys.ts";
import { painted } from "./app/first-look/painted.ts";
import { preloadScripts } from "./app/first-look/preload-scripts.ts";
import { showStartFailure } from "./app/start-failure.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");
const isDrawn = drawLook(window, root);
preloadScripts(window);
if (isDrawn) holdKeys(window, root);
// Loading goes on meanwhile; running what was loaded would hold the painting up.
if (isDrawn) await painted();
try {
  // Runs before the rest, which it needs little of. The app asks for it too, and tells when it does not come.
  import("./sync/early-client.ts").catch(() => undefined);
  await import("./main.tsx");
} catch (error) {
  showStartFailure(window, root);
  throw error;
}
