import type { SnapshotLine } from "@safelight/shared";
import type { SyncStatus } from "@safelight/sync";
import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { expect } from "vitest";
import type { Studio } from "../start-studio.ts";
import { type PageScripts, SCRIPT_PATH } from "./build-sync-page.ts";

const PAGE = `<!doctype html><title>sync</title><script type="module" src="${SCRIPT_PATH}"></script>`;
const PUSHES = "**/api/sync/push";

/** A browser profile with tabs that hold the engine and nothing else, at the studio's own origin. */
export interface Device {
  readonly context: BrowserContext;
  /** Opens a tab and resolves when its view can be painted. */
  openTab(): Promise<Page>;
  /** No request leaves the device, or they do again. */
  setOffline(offline: boolean): Promise<void>;
  /** Stands between the device and the studio for every push, until called with `undefined`. */
  onPush(meet: ((route: Route) => Promise<void>) | undefined): Promise<void>;
  close(): Promise<void>;
}

export interface DeviceOptions {
  readonly browser: Browser;
  readonly studio: Studio;
  readonly scripts: PageScripts;
  /** Runs in each page before its scripts. */
  readonly before?: () => void;
}

export async function openDevice(options: DeviceOptions): Promise<Device> {
  const context = await options.browser.newContext({ serviceWorkers: "block" });
  if (options.before !== undefined) await context.addInitScript(options.before);
  const { studio, scripts } = options;
  await context.route("**/sync-page/*", async (route) => {
    const script = scripts.get(new URL(route.request().url()).pathname);
    if (script === undefined) await route.fulfill({ contentType: "text/html", body: PAGE });
    else await route.fulfill({ contentType: "text/javascript", body: script });
  });
  return {
    context,
    async openTab() {
      const page = await context.newPage();
      await page.goto(`${studio.url}/sync-page/`);
      await page.waitForFunction(() => "sync" in window);
      return page;
    },
    setOffline: (offline) => context.setOffline(offline),
    async onPush(meet) {
      await context.unroute(PUSHES);
      if (meet !== undefined) await context.route(PUSHES, meet);
    },
    close: () => context.close(),
  };
}

export function statusOf(page: Page): Promise<SyncStatus> {
  return page.evaluate(() => window.sync.status());
}

/** Resolves when the pill says Saved. */
export async function untilSaved(page: Page): Promise<void> {
  await expect.poll(async () => (await statusOf(page)).state, { timeout: 20_000 }).toBe("saved");
}

/** Creates a style and waits until it is on the device's disk. Answers its id. */
export function createStyle(page: Page, name: string): Promise<string> {
  return page.evaluate(async (given) => {
    const { id, durable } = window.sync.create("styles", { name: given });
    await durable;
    return id;
  }, name);
}

export interface StyleFields {
  readonly name?: string;
  readonly triggerWord?: string;
}

export function updateStyle(page: Page, id: string, fields: StyleFields): Promise<void> {
  return page.evaluate(([key, set]) => window.sync.update("styles", key, set).durable, [id, fields] as const);
}

/** Names of the styles as the tab shows them, in alphabetical order. */
export function namesIn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.sync
      .list("styles")
      .map(({ name }) => name)
      .sort(),
  );
}

export interface StudioStyle extends StyleFields {
  readonly id: string;
  readonly rev: number;
  readonly deletedAt?: string;
}

/** The styles that the studio has, those in the trash too, in order of their names. */
export async function stylesAt(studio: Studio): Promise<readonly StudioStyle[]> {
  const text = await (await fetch(`${studio.url}/api/sync/snapshot`)).text();
  const lines = text.split("\n").filter((line) => line !== "");
  return lines
    .map((line) => JSON.parse(line) as SnapshotLine)
    .flatMap((line) =>
      line.type === "record" && line.collection === "styles" ? [line.record as unknown as StudioStyle] : [],
    )
    .toSorted((left, right) => ((left.name ?? "") < (right.name ?? "") ? -1 : 1));
}

export async function namesAt(studio: Studio): Promise<(string | undefined)[]> {
  return (await stylesAt(studio)).map(({ name }) => name);
}
