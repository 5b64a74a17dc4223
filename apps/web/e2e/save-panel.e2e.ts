import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makePng } from "./make-picture.ts";
import { openBrowser } from "./open-browser.ts";
import { dropFiles, saveStatus } from "./rooms.ts";
import { startStudio, type Studio } from "./start-studio.ts";

const SESSION = "gal-1733500000-abc123";
const SYNC = /\/api\/(?:sync|blobs)\//;

let browser: Browser;
let studio: Studio;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  studio = await startStudio();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await studio.close();
});

const state = () => saveStatus(page).getAttribute("data-save-state");
const panel = () => page.getByRole("dialog").filter({ has: page.getByRole("heading", { level: 2 }) });

describe("the save panel", () => {
  it("says in words what waits and how large the uploads are, and saves a copy of it", async () => {
    await page.goto(`${studio.url}/create`);
    await dropFiles(page, [{ name: "red.png", type: "image/png", bytes: makePng(600, 400, [180, 60, 40]) }]);
    await page.getByRole("button", { name: "Star red.png" }).waitFor();
    await expect.poll(state).toBe("saved");
    await context.route(SYNC, (route) => route.abort());
    await page.getByRole("link", { name: "Open red.png" }).hover();
    await page.getByRole("button", { name: "Star red.png" }).click();
    await dropFiles(page, [{ name: "blue.png", type: "image/png", bytes: makePng(500, 400, [40, 60, 180]) }]);
    await expect.poll(state).toBe("on-device");
    await saveStatus(page).click();
    await panel().getByText("Star on “red.png”").waitFor();
    await panel().getByText("New picture “blue.png”").waitFor();
    await panel().getByText("Upload of “blue.png”").waitFor();
    await panel()
      .getByText(/^0 B of \d+ \w+ uploaded$/)
      .waitFor();
    const saving = page.waitForEvent("download");
    await panel().getByRole("button", { name: "Save a copy to a file" }).click();
    const file = JSON.parse(await readFile((await (await saving).path()) ?? "", "utf8")) as {
      readonly waiting: readonly { readonly op: string }[];
    };
    expect(file.waiting.map(({ op }) => op)).toEqual(["update", "create"]);

    await context.unroute(SYNC);
    await panel().getByRole("button", { name: "Send now" }).click();
    await expect.poll(state).toBe("saved");
    expect(await panel().getByText("Waiting", { exact: true }).count()).toBe(0);
  });

  it("shows how far an upload is while it is under way, in every tab", async () => {
    await page.goto(`${studio.url}/create`);
    await expect.poll(state).toBe("saved");
    const other = await context.newPage();
    await other.goto(`${studio.url}/create`);
    // Whichever of the two leads sends it, so slowly that both can be looked at meanwhile.
    const sessions = await Promise.all([page, other].map((tab) => context.newCDPSession(tab)));
    const limitUploads = async (uploadThroughput: number) => {
      for (const session of sessions) {
        await session.send("Network.emulateNetworkConditions", {
          offline: false,
          latency: 0,
          downloadThroughput: -1,
          uploadThroughput,
        });
      }
    };
    for (const session of sessions) await session.send("Network.enable");
    await limitUploads(60_000);
    const large = Buffer.concat([makePng(600, 400, [180, 60, 40]), randomBytes(1_200_000)]);
    await dropFiles(page, [{ name: "large.png", type: "image/png", bytes: large }]);
    for (const tab of [page, other]) {
      await tab.bringToFront();
      await saveStatus(tab).click();
      await tab
        .getByRole("region", { name: "What waits" })
        .getByText(/^\d+ KB of 1\.2 MB$/)
        .waitFor();
      await tab.getByText(/^[1-9]\d* KB of 1\.2 MB uploaded$/).waitFor();
    }
    await limitUploads(-1);
    await expect.poll(state, { timeout: 40_000 }).toBe("saved");
  });

  it("opens a refused change with the server's words at the field, and sends what was put right", async () => {
    const body = JSON.stringify({ id: SESSION, name: "Morning" });
    await fetch(`${studio.url}/api/gallerySessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    await page.goto(`${studio.url}/gallery/${SESSION}`);
    await page.getByLabel("Name", { exact: true }).fill("m".repeat(501));
    await expect.poll(state).toBe("needs-attention");
    await page.getByText("The server does not take this:").waitFor();
    expect(await page.getByText("Changed on another device").count()).toBe(0);
    await saveStatus(page).click();
    const list = page.getByRole("region", { name: "What needs attention" });
    await list.getByRole("button", { name: "Edit" }).click();
    const editor = page.getByRole("dialog").filter({ hasText: "Send with these values" });
    const name = editor.getByLabel("Name", { exact: true });
    expect(await name.getAttribute("aria-invalid")).toBe("true");
    await name.fill("Late morning");
    await editor.getByRole("button", { name: "Send with these values" }).click();
    await expect.poll(state).toBe("saved");
    const stored = (await (await fetch(`${studio.url}/api/gallerySessions/${SESSION}`)).json()) as {
      readonly name: string;
    };
    expect(stored.name).toBe("Late morning");
  });

  it("discards a refused change, and takes that back", async () => {
    const body = JSON.stringify({ id: SESSION, name: "Morning" });
    await fetch(`${studio.url}/api/gallerySessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    await page.goto(`${studio.url}/gallery/${SESSION}`);
    await page.getByLabel("Name", { exact: true }).fill("m".repeat(501));
    await expect.poll(state).toBe("needs-attention");
    await saveStatus(page).click();
    const list = page.getByRole("region", { name: "What needs attention" });
    await list.getByRole("button", { name: "Discard" }).click();
    await expect.poll(state).toBe("saved");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(state).toBe("needs-attention");
  });

  it("offers to sign in when the session has ended, also when nothing waits", async () => {
    await page.goto(`${studio.url}/create`);
    await expect.poll(state).toBe("saved");
    await context.route(SYNC, (route) =>
      route.fulfill({ status: 401, json: { code: "auth.needed", detail: "Sign in." } }),
    );
    await page.reload();
    const signIn = page.getByRole("banner").getByRole("link", { name: "Sign in" });
    await signIn.waitFor();
    expect(await signIn.getAttribute("href")).toBe("/login");
    await saveStatus(page)
      .getByText(/signed out$/)
      .waitFor();
    expect(await state()).toBe("saved");
    await context.unroute(SYNC);
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await expect.poll(() => signIn.count()).toBe(0);
  });

  it("saves what waits, rebuilds a broken database and goes on", async () => {
    await page.goto(`${studio.url}/create`);
    await expect.poll(state).toBe("saved");
    // A database that cannot be read any more, until it is deleted.
    await page.addInitScript(() => {
      const isBroken = () => sessionStorage.getItem("mended") === null;
      const fail = (): never => {
        throw new DOMException("Internal error.", "UnknownError");
      };
      const begin = Reflect.get(IDBDatabase.prototype, "transaction");
      Reflect.set(
        IDBDatabase.prototype,
        "transaction",
        function transaction(this: IDBDatabase, ...rest: Parameters<typeof begin>) {
          return this.name === "safelight" && isBroken() ? fail() : begin.apply(this, rest);
        },
      );
      const remove = Reflect.get(IDBFactory.prototype, "deleteDatabase");
      Reflect.set(
        IDBFactory.prototype,
        "deleteDatabase",
        function deleteDatabase(this: IDBFactory, name: string) {
          sessionStorage.setItem("mended", "yes");
          return remove.call(this, name);
        },
      );
    });
    await page.reload();
    await expect.poll(state).toBe("not-saved");
    await saveStatus(page).click();
    const saving = page.waitForEvent("download");
    await panel().getByRole("button", { name: "Save what waits and rebuild" }).click();
    expect((await saving).suggestedFilename()).toBe("safelight-not-sent.json");
    await expect.poll(state, { timeout: 20_000 }).toBe("saved");
  });
});
