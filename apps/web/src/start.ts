/** The page's first script: shows what there is to show, and then loads the app. */
import "@fontsource-variable/inter/wght.css";
import "./app/styles/mantine.css";
import "./app/styles/tokens.css";
import "./app/styles/global.css";
import { drawLook } from "./app/first-look/draw-look.ts";
import { showStartFailure } from "./app/start-failure.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");
const isDrawn = drawLook(window, root);
// Opens beside everything else. The app asks for it too, and tells when it does not come.
import("./sync/early-storage.ts").catch(() => undefined);
// Loading goes on meanwhile; running what was loaded would hold the painting up.
if (isDrawn) await painted();
try {
  await import("./main.tsx");
} catch (error) {
  showStartFailure(window, root);
  throw error;
}

function painted(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => resolve(), { once: true });
    port1.start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its own origin alone
    requestAnimationFrame(() => port2.postMessage(undefined));
    // A page in the background has no frames.
    setTimeout(resolve, 100);
  });
}
