import { createBrowserSyncClient } from "@safelight/sync";
import { createRoot } from "react-dom/client";
import { v7 as newUuid } from "uuid";
import { App } from "./app/app.tsx";
import { exposeConsole } from "./app/console.ts";
import { dropCachedPictures } from "./app/drop-cached-pictures.ts";
import { guardUnload } from "./app/guard-unload.ts";
import { router } from "./app/router.tsx";
import { registerServiceWorker } from "./app/register-service-worker.tsx";
import { isLookDrawn } from "./app/first-look/draw-look.ts";
import { keepLook } from "./app/first-look/keep-look.ts";
import { deviceName } from "./sync/device-name.ts";
import { earlyStorage } from "./sync/early-storage.ts";
import { startTakeover } from "./takeover/start-takeover.tsx";

// The room that the address names comes while the device's cache is read; what fails there is asked for again, and shown.
const loading = router.load().catch(() => undefined);
const client = await createBrowserSyncClient({
  baseUrl: "",
  newUuid,
  storage: earlyStorage,
  deviceName,
  freeSpace: dropCachedPictures,
});
await client.open();
exposeConsole(client);
guardUnload(client);

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");
// The room takes the place of its look, not an empty shell.
if (isLookDrawn(root)) await loading;
createRoot(root).render(<App client={client} />);
keepLook(window, root);
registerServiceWorker();
void startTakeover(client);
