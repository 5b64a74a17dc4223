import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { exposeConsole } from "./app/console.ts";
import { guardUnload } from "./app/guard-unload.ts";
import { router } from "./app/router.tsx";
import { registerServiceWorker } from "./app/register-service-worker.tsx";
import { isLookDrawn } from "./app/first-look/draw-look.ts";
import { keepLook } from "./app/first-look/keep-look.ts";
import { painted } from "./app/first-look/painted.ts";
import { earlyClient } from "./sync/early-client.ts";

// The room that the address names comes while the device's cache is read; what fails there is asked for again, and shown.
const loading = router.load().catch(() => undefined);
const client = await earlyClient;
exposeConsole(client);
guardUnload(client);

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");
// The room takes the place of its look, not an empty shell.
if (isLookDrawn(root)) await loading;
createRoot(root).render(<App client={client} />);
keepLook(window, root);
// Neither of these is for what is drawn first.
await painted();
registerServiceWorker();
import("./takeover/start-takeover.tsx").then(
  ({ startTakeover }) => startTakeover(client),
  // It did not come: the next start takes over what this one could not.
  () => undefined,
);
