import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { usePage } from "./use-page.ts";

const KEY = "gemini-key-of-a-test-0123456789";

const stage = usePage({ path: "/settings", width: 1280, height: 1000 });

describe("Settings", () => {
  it("takes a provider's key by keyboard alone, keeps it on the server, and never shows it again", async () => {
    const row = stage.page.getByRole("button", { name: /^Gemini/ });
    await row.getByText("Needs API key").waitFor();
    await row.focus();
    await stage.page.keyboard.press("Enter");
    const form = stage.page.getByRole("form", { name: "Settings of Gemini" });
    await form.getByLabel("API key").waitFor();
    await stage.page.keyboard.press("Tab");
    await stage.page.keyboard.type(KEY);
    await stage.page.keyboard.press("Enter");
    await row.getByText("Set up").waitFor();
    const field = form.getByLabel("API key");
    await expect.poll(() => field.getAttribute("placeholder")).toBe("Kept, ends in 6789. Type to replace it");
    expect(await field.inputValue()).toBe("");
    expect(await readFile(join(stage.studio.dataDir, "secrets.json"), "utf8")).toContain(KEY);

    await stage.page.reload();
    await stage.page
      .getByRole("button", { name: /^Gemini/ })
      .getByText("Set up")
      .waitFor();
    expect(await stage.page.content()).not.toContain(KEY);
    await stage.page.getByRole("button", { name: /^Gemini/ }).click();
    await stage.page.getByRole("button", { name: "Forget it" }).click();
    await stage.page
      .getByRole("button", { name: /^Gemini/ })
      .getByText("Needs API key")
      .waitFor();
    expect(stage.complaints).toEqual([]);
  });

  it("tests a connection and says what came of it", async () => {
    await stage.page.getByRole("button", { name: /^AUTOMATIC1111/ }).click();
    const form = stage.page.getByRole("form", { name: "Settings of AUTOMATIC1111" });
    await form.getByLabel("Address").fill("http://127.0.0.1:9");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("button", { name: "Test connection" }).click();
    await expect.poll(() => form.locator("p[aria-live]").innerText()).toMatch(/\S/);
  });

  it("says what the studio was started with", async () => {
    const facts = stage.page.getByRole("list", { name: "This studio" });
    await facts.getByText("training 48 h").waitFor();
    await facts.getByText("7 days").waitFor();
    expect(await facts.getByRole("listitem").count()).toBe(6);
  });

  it("sets a budget, removes it and takes that back", async () => {
    const form = stage.page.getByRole("form", { name: "New budget" });
    await form.getByLabel("At most").fill("5");
    await form.getByRole("button", { name: "Add budget" }).click();
    const list = stage.page.getByRole("list", { name: "Budgets" });
    await list.getByText("$5.00 a month").waitFor();
    await list.getByText("$0 spent").waitFor();
    await stage.page.getByRole("button", { name: "Remove the budget of $5.00 a month" }).click();
    await stage.page.getByText("No budget is set").waitFor();
    await stage.page.getByRole("button", { name: "Undo" }).click();
    await list.getByText("$5.00 a month").waitFor();
    expect(stage.complaints).toEqual([]);
  });
});
