import { rm } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openBrowser } from "../open-browser.ts";
import { startStudio, type Studio } from "../start-studio.ts";
import { buildSyncPage, type PageScripts } from "./build-sync-page.ts";
import { type Device, type DeviceOptions, openDevice } from "./open-device.ts";

/** What a situation of sync is played on: one browser for the file, a studio of its own for each test. */
export interface Stage {
  readonly browser: Browser;
  readonly studio: Studio;
  /** Opens a device, which is closed after the test. */
  openDevice(options?: Partial<Pick<DeviceOptions, "before" | "scripts">>): Promise<Device>;
}

/** Sets a stage up for the tests of the file that calls it. Its parts exist while a test runs. */
export function useStage(): Stage {
  let browser: Browser | undefined;
  let scripts: PageScripts | undefined;
  let studio: Studio | undefined;
  let devices: Device[] = [];

  beforeAll(async () => {
    scripts = await buildSyncPage();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    studio = await startStudio();
  });
  afterEach(async () => {
    for (const device of devices) await device.close();
    devices = [];
    await studio?.close();
    if (studio !== undefined) await rm(`${studio.dataDir}-backup`, { recursive: true, force: true });
  });

  return {
    get browser() {
      return present(browser);
    },
    get studio() {
      return present(studio);
    },
    async openDevice(options = {}) {
      const device = await openDevice({
        browser: present(browser),
        studio: present(studio),
        scripts: present(scripts),
        ...options,
      });
      devices.push(device);
      return device;
    },
  };
}

function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("The stage is used outside a test.");
  return part;
}
