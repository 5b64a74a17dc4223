import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { saveStatus } from "./rooms.ts";
import { startStudio, type Studio } from "./start-studio.ts";

const SESSION = "gal-1733500000-abc123";

let browser: Browser;
let studio: Studio;
let devices: BrowserContext[];
let left: Page;
let right: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  studio = await startStudio();
  const body = JSON.stringify({ id: SESSION, name: "Morning", userComposition: "first words" });
  const headers = { "content-type": "application/json" };
  await fetch(`${studio.url}/api/gallerySessions`, { method: "POST", headers, body });
  devices = [];
  for (let count = 0; count < 2; count += 1) {
    devices.push(
      await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" }),
    );
  }
  [left, right] = (await Promise.all(devices.map(openSession))) as [Page, Page];
});
afterEach(async () => {
  for (const device of devices) await device.close();
  await studio.close();
});

async function openSession(device: BrowserContext): Promise<Page> {
  const page = await device.newPage();
  await page.goto(`${studio.url}/gallery/${SESSION}`);
  await nameOf(page).waitFor();
  return page;
}

const nameOf = (page: Page) => page.getByLabel("Name", { exact: true });
const promptOf = (page: Page) => page.getByLabel("Prompt", { exact: true });
const storedName = async () =>
  ((await (await fetch(`${studio.url}/api/gallerySessions/${SESSION}`)).json()) as { name: string }).name;

async function untilSaved(page: Page): Promise<void> {
  await expect.poll(() => saveStatus(page).getAttribute("data-save-state")).toBe("saved");
}

describe("a text that is being typed", () => {
  it("stays as it is when another device changes it, and either of the two can be taken", async () => {
    await nameOf(left).click();
    await left.keyboard.press("End");
    await left.keyboard.type(" by the sea");
    await expect.poll(storedName).toBe("Morning by the sea");
    await untilSaved(left);

    await nameOf(right).fill("Evening");
    await left.getByText("Changed on another device (Chromium on Linux) while").waitFor();
    expect(await nameOf(left).inputValue()).toBe("Morning by the sea");
    // Typing goes on where it was.
    await left.keyboard.type(", again");
    expect(await nameOf(left).inputValue()).toBe("Morning by the sea, again");

    await left.getByRole("button", { name: "Take theirs" }).click();
    expect(await nameOf(left).inputValue()).toBe("Evening");
    await expect.poll(storedName).toBe("Evening");
    expect(await left.getByText("Changed on another device").count()).toBe(0);
  });

  it("is kept by a click on Keep mine, on every device", async () => {
    await nameOf(left).click();
    await left.keyboard.type("Late ");
    const mine = await nameOf(left).inputValue();
    await expect.poll(storedName).toBe(mine);
    await untilSaved(left);
    await nameOf(right).fill("Evening");
    await left.getByRole("button", { name: "Keep mine" }).click();
    await expect.poll(storedName).toBe(mine);
    // The other one has the field in its hand too, and is told in the same way.
    await right.getByText("Changed on another device").waitFor();
  });

  it("follows the other device where nobody types", async () => {
    await nameOf(right).fill("Evening");
    await expect.poll(() => nameOf(left).inputValue()).toBe("Evening");
    expect(await left.getByText("Changed on another device").count()).toBe(0);
  });
});

describe("the form of Create", () => {
  it("stays as it is typed when another device changes it, and either of the two can be taken", async () => {
    for (const page of [left, right]) await page.goto(`${studio.url}/create`);
    const [mine, theirs] = [promptOf(left), promptOf(right)];
    await mine.fill("a harbour");
    // Nobody types there: it follows.
    await expect.poll(() => theirs.inputValue()).toBe("a harbour");
    await mine.focus();
    await theirs.fill("a lighthouse at dawn");
    const notice = left.getByRole("status").filter({ hasText: "Changed on another device" });
    await notice.getByText("a lighthouse at dawn").waitFor();
    expect(await mine.inputValue()).toBe("a harbour");
    await mine.pressSequentially(" in fog");
    expect(await mine.inputValue()).toBe("a harbour in fog");
    await notice.getByRole("button", { name: "Take theirs" }).click();
    await expect.poll(() => mine.inputValue()).toBe("a lighthouse at dawn");
    expect(await notice.count()).toBe(0);

    await mine.fill("mine after all");
    // It has to be there before the other types, or the last to arrive is this one.
    const offered = right.getByRole("status").filter({ hasText: "Changed on another device" });
    await offered.getByText("mine after all").waitFor();
    await theirs.fill("theirs again");
    await left.getByRole("button", { name: "Keep mine" }).click();
    expect(await mine.inputValue()).toBe("mine after all");
    await right.getByRole("button", { name: "Take theirs" }).click();
    await expect.poll(() => theirs.inputValue()).toBe("mine after all");
  });
});

describe("a field that two devices changed offline", () => {
  it("shows both values on the record and in the save panel, and the one that gave way comes back by a click", async () => {
    await left.goto(`${studio.url}/settings`);
    await left.getByRole("textbox", { name: "Name" }).fill("Mina’s laptop");
    await left.goBack();
    await nameOf(left).waitFor();
    for (const device of devices) await device.setOffline(true);
    await nameOf(left).fill("Left");
    await nameOf(right).fill("Right");
    for (const page of [left, right]) await page.getByLabel("Composition").focus();
    await devices[0]?.setOffline(false);
    await expect.poll(storedName).toBe("Left");
    await devices[1]?.setOffline(false);
    await expect.poll(storedName).toBe("Right");

    for (const page of [left, right]) {
      const notice = page.getByRole("main").locator(`[data-conflict="${SESSION}"]`);
      await notice.getByRole("heading", { name: "Changed on two devices" }).waitFor();
      await expect.poll(() => notice.getByText("Right", { exact: true }).count()).toBe(1);
      await expect.poll(() => notice.getByText("Left", { exact: true }).count()).toBe(1);
      await expect.poll(() => notice.getByText(/by Mina’s laptop$/).count()).toBe(1);
      await expect.poll(() => notice.getByText(/by Chromium on Linux$/).count()).toBe(1);
    }
    await saveStatus(left).click();
    const listed = left.getByRole("region", { name: "Changed on two devices" });
    await listed.getByText("“Right”").waitFor();
    await listed.getByRole("button", { name: "Bring that one back" }).click();
    await expect.poll(storedName).toBe("Left");
    for (const page of [left, right]) {
      await expect.poll(() => nameOf(page).inputValue()).toBe("Left");
      await expect.poll(() => page.locator(`[data-conflict="${SESSION}"]`).count()).toBe(0);
    }
    await left.getByRole("button", { name: "Undo" }).click();
    await expect.poll(storedName).toBe("Right");
  });
});
