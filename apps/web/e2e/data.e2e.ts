import { beforeAll, describe, expect, it } from "vitest";
import { usePage } from "./use-page.ts";

const stage = usePage({ path: "/data", isShared: true });

beforeAll(async () => {
  await send("POST", "/api/styles", { id: "style-1", name: "Ink" });
  await send("PATCH", "/api/styles/style-1", { name: "Wash", description: "on warm paper" });
});

async function send(method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${stage.studio.url}${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  expect(answer.ok, `${method} ${path}`).toBe(true);
}

async function style(): Promise<{ readonly name?: string; readonly deletedAt?: string }> {
  return (await (await fetch(`${stage.studio.url}/api/styles/style-1`)).json()) as { readonly name?: string };
}

const part = (name: string) => stage.page.getByRole("region", { name, exact: true });

describe("the Data room", () => {
  it("shows what a change did to a record, and goes back to the version before by the keyboard, and forth again", async () => {
    await stage.page.getByLabel("Versions of a record").fill("wash");
    await stage.page.getByRole("link", { name: /Wash/ }).click();
    const versions = stage.page.getByRole("complementary", { name: "Versions" });
    await versions.getByRole("button", { name: /Changed · Name and description/ }).click();
    const difference = versions.locator("dl");
    await expect.poll(() => difference.locator("del").first().textContent()).toBe("Ink");
    expect(await difference.locator("ins").first().textContent()).toBe("Wash");
    expect(stage.page.url()).toContain("record=style-1");

    await versions.getByRole("button", { name: /Made/ }).focus();
    await stage.page.keyboard.press("Enter");
    const goBack = versions.getByRole("button", { name: "Go back to this version" });
    await goBack.focus();
    await stage.page.keyboard.press("Enter");
    await expect.poll(async () => (await style()).name).toBe("Ink");
    await expect.poll(() => versions.getByText("going back in the history").count()).toBe(1);
    await stage.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await style()).name).toBe("Wash");
    await versions.getByRole("button", { name: "Close the versions" }).click();
    await expect.poll(() => versions.count()).toBe(0);
  });

  it("takes a record out of the trash", async () => {
    await send("DELETE", "/api/styles/style-1");
    await part("Trash").getByRole("button", { name: "Restore “Wash”" }).click();
    await expect.poll(async () => (await style()).deletedAt).toBeUndefined();
    await expect.poll(() => part("Trash").getByText("The trash is empty.").count()).toBe(1);
  });

  it("says what going back would change before it does, and takes it back", async () => {
    const history = part("History");
    const longAgo = "2020-01-01T12:00:00";
    await history.getByLabel("As it was at").fill(longAgo);
    await history.getByRole("button", { name: "See what changes" }).click();
    await expect.poll(() => history.getByText("1 record would be").count()).toBe(1);
    await history.getByRole("button", { name: /^Go back to/ }).click();
    await expect.poll(async () => (await style()).deletedAt).toBeDefined();
    await stage.page.getByRole("button", { name: "Undo" }).last().click();
    await expect.poll(async () => (await style()).deletedAt).toBeUndefined();
  });

  it("makes a backup, tells what it holds, and hands it out", async () => {
    const backups = part("Backups");
    await backups.getByRole("button", { name: "Make a backup" }).click();
    await expect.poll(() => backups.getByRole("listitem").count()).toBe(1);
    await backups.getByRole("button", { expanded: false }).click();
    await expect.poll(() => backups.locator("dd").first().textContent()).toBe("1");
    const download = stage.page.waitForEvent("download");
    await backups.getByRole("link", { name: /^Download/ }).click();
    expect((await download).suggestedFilename()).toMatch(/^safelight-.*\.zip$/);
  });

  it("clears all data once it is confirmed in words, and undoes that", async () => {
    await part("Clear all data").getByRole("button", { name: "Clear all data…" }).click();
    const dialog = stage.page.getByRole("dialog");
    const confirm = dialog.getByRole("button", { name: "Back up, then clear" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("clear all data");
    await confirm.click();
    await expect.poll(async () => (await style()).deletedAt).toBeDefined();
    await stage.page.reload();
    await part("Clear all data").getByRole("button", { name: "Undo the clear" }).click();
    await expect.poll(async () => (await style()).deletedAt).toBeUndefined();
    await expect.poll(() => part("Storage").getByText("Every file is what its name says").count()).toBe(0);
    await part("Storage").getByRole("button", { name: "Check all files now" }).click();
    await expect.poll(() => part("Storage").getByText("Every file is what its name says").count()).toBe(1);
  });

  it("says when the server is away, and goes on when it is back", async () => {
    const check = part("Storage").getByRole("button", { name: "Check all files now" });
    await stage.studio.kill();
    await check.click();
    await expect.poll(() => part("Storage").getByText("The server gave no answer.").count()).toBe(1);
    await stage.studio.restart();
    await check.click();
    await expect.poll(() => part("Storage").getByText("The server gave no answer.").count()).toBe(0);
    await expect.poll(() => part("Storage").getByText("Every file is what its name says").count()).toBe(1);
  });

  it("fits a narrow screen, the versions as a sheet", async () => {
    await stage.page.setViewportSize({ width: 360, height: 740 });
    await stage.page.goto(`${stage.studio.url}/data?collection=styles&record=style-1`);
    await expect.poll(() => stage.page.getByRole("dialog").getByRole("listitem").count()).toBeGreaterThan(2);
    const overflow = () =>
      stage.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBe(0);
    await stage.page.getByRole("button", { name: "Close the versions" }).click();
    await expect.poll(() => stage.page.getByRole("dialog").count()).toBe(0);
    expect(await overflow()).toBe(0);
    // The browser itself tells of requests that the killed server did not answer.
    expect(stage.complaints.filter((words) => !words.startsWith("Failed to load resource"))).toEqual([]);
  });
});
