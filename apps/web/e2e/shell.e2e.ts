import { describe, expect, it } from "vitest";
import { createRoom } from "./rooms.ts";
import { usePage } from "./use-page.ts";

const stage = usePage({ path: "/", context: { colorScheme: "light" }, isShared: true });

const scheme = () => stage.page.locator("html").getAttribute("data-mantine-color-scheme");
const title = () => stage.page.getByRole("heading", { level: 1 }).textContent();

describe("the shell", () => {
  it("opens on Create and goes to every room by two keys", async () => {
    await expect.poll(title).toBe("Create");
    const rooms = [
      ["j", "Jobs"],
      ["t", "Train"],
      ["e", "Editor"],
      ["a", "Gallery"],
      ["d", "Data"],
      ["s", "Settings"],
      ["c", "Create"],
    ] as const;
    for (const [key, name] of rooms) {
      await stage.page.keyboard.press("g");
      await stage.page.keyboard.press(key);
      await expect.poll(title).toBe(name);
    }
  });

  it("follows the system's theme at first, and remembers another one", async () => {
    expect(await scheme()).toBe("light");
    await stage.page.keyboard.press("Control+k");
    await stage.page.getByPlaceholder("Search pictures").fill("theme");
    await stage.page.locator("[data-selected]").getByText("Change to the dark theme").waitFor();
    await stage.page.keyboard.press("Enter");
    await expect.poll(scheme).toBe("dark");
    await stage.page.reload();
    await expect.poll(scheme).toBe("dark");
  });

  it("lists its shortcuts, and closes them again", async () => {
    await stage.page.goto(`${stage.studio.url}/train`);
    await stage.page.getByRole("heading", { name: "Styles" }).waitFor();
    await stage.page.keyboard.press("?");
    const help = stage.page.getByRole("dialog", { name: "Keyboard" });
    await help.waitFor();
    await stage.page.keyboard.press("Escape");
    await expect.poll(() => help.count()).toBe(0);
  });

  it("shows a job by its address, and keeps a filter in the address", async () => {
    await stage.page.goto(`${stage.studio.url}/create`);
    await createRoom(stage.page).ask("a quiet sea", { count: 1 });
    await stage.page.goto(`${stage.studio.url}/jobs?status=succeeded`);
    const row = stage.page.getByRole("link", { name: "a quiet sea" });
    await row.waitFor({ timeout: 40_000 });
    await row.click();
    await stage.page.getByRole("heading", { name: "Job 1" }).waitFor();
    expect(stage.page.url()).toMatch(/\/jobs\/job-[^?]+\?status=succeeded$/);
    await stage.page.reload();
    await stage.page.getByRole("heading", { name: "Job 1" }).waitFor();
  });

  it("says so when there is no such page", async () => {
    await stage.page.goto(`${stage.studio.url}/nowhere`);
    await expect.poll(() => stage.page.getByText("There is no such page").count()).toBe(1);
    await stage.page.goto(`${stage.studio.url}/dynamic/gal-1`);
    await expect.poll(() => stage.page.getByText("This session is not on this device").count()).toBe(1);
  });

  it("fits a phone without scrolling sideways, with the rooms at the bottom", async () => {
    await stage.page.setViewportSize({ width: 390, height: 844 });
    for (const room of ["create", "jobs", "train", "editor", "gallery", "data", "settings"]) {
      await stage.page.goto(`${stage.studio.url}/${room}`);
      await stage.page.getByRole("navigation", { name: "Rooms" }).waitFor();
      const width = await stage.page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, room).toBeLessThanOrEqual(390);
    }
    const rail = await stage.page.getByRole("navigation", { name: "Rooms" }).boundingBox();
    expect(rail?.y).toBeGreaterThan(700);
  });

  it("had nothing to complain of", () => {
    expect(stage.complaints).toEqual([]);
  });
});
