import { describe, expect, it } from "vitest";
import { makePng } from "./make-picture.ts";
import { allLoaded, createRoom, dropFiles, saveStatus } from "./rooms.ts";
import { usePage } from "./use-page.ts";

const stage = usePage({ path: "/create" });

describe("Create", () => {
  // Two pictures are really painted, which takes a busy machine its time.
  it(
    "goes from a prompt over progress to pictures, and keeps them over a reload",
    { timeout: 120_000 },
    async () => {
      const room = createRoom(stage.page);
      await room.ask("a lighthouse over a quiet sea at dusk", { count: 2 });
      await expect.poll(() => room.pending.count()).toBe(2);
      const course = stage.page.getByText(/Step \d+ of 24/);
      await course.first().waitFor();
      const places = stage.page.locator("section[aria-label=Library] [role=gridcell]");
      const held = await Promise.all([places.nth(0).boundingBox(), places.nth(1).boundingBox()]);
      await expect.poll(() => room.pictures.count(), { timeout: 40_000 }).toBe(2);
      await expect.poll(() => allLoaded(room.pictures)).toBe(true);
      // Each picture came where its place was held.
      expect(await Promise.all([places.nth(0).boundingBox(), places.nth(1).boundingBox()])).toEqual(held);
      await saveStatus(stage.page)
        .getByText(/^Saved \d\d:\d\d$/)
        .waitFor();
      expect(await room.prompt.inputValue()).toBe("a lighthouse over a quiet sea at dusk");

      await stage.page.reload();
      await expect.poll(() => room.pictures.count()).toBe(2);
      await expect.poll(() => allLoaded(room.pictures)).toBe(true);
      expect(await room.prompt.inputValue()).toBe("a lighthouse over a quiet sea at dusk");

      // An earlier prompt takes the place of what was typed, which can be had back.
      await room.prompt.fill("half a thought in __weather__");
      await stage.page.getByText("There is no wildcard list called “weather”").waitFor();
      await stage.page.getByRole("button", { name: "Earlier prompts" }).click();
      await stage.page
        .getByRole("button", { name: "a lighthouse over a quiet sea at dusk", exact: true })
        .click();
      await expect.poll(() => room.prompt.inputValue()).toBe("a lighthouse over a quiet sea at dusk");
      await stage.page.getByRole("button", { name: "Undo" }).click();
      await expect.poll(() => room.prompt.inputValue()).toBe("half a thought in __weather__");
      expect(stage.complaints).toEqual([]);
    },
  );

  it("asks for a prompt before it makes a job", async () => {
    const room = createRoom(stage.page);
    await room.generate.click();
    await stage.page.getByText("Write what the picture should show.").waitFor();
    expect(await room.pending.count()).toBe(0);
  });

  it("gives a template back that was deleted, and a list the words that were replaced", async () => {
    const { page } = stage;
    const open = async (name: "Templates" | "Wildcards") => {
      await page.getByRole("button", { name: "Templates and wildcards" }).click();
      await page.getByRole("menuitem", { name: `${name}…` }).click();
      return page.getByRole("dialog", { name });
    };
    await createRoom(page).prompt.fill("a {red|blue} sea");
    const templates = await open("Templates");
    await templates.getByLabel("Keep this prompt as").fill("Seas");
    await page.keyboard.press("Enter");
    await templates.waitFor({ state: "detached" });
    await open("Templates");
    await templates.getByRole("button", { name: "Delete Seas" }).click();
    await templates.getByText("Seas", { exact: true }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await templates.getByText("Seas", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await templates.waitFor({ state: "detached" });

    const lists = await open("Wildcards");
    for (const words of ["fog\nrain", "sun"]) {
      await lists.getByLabel("Name").fill("weather");
      await lists.getByLabel("Words, one a line").fill(words);
      await lists.getByRole("button", { name: "Keep" }).click();
      await lists.getByText(words === "sun" ? "1 line" : "2 lines").waitFor();
    }
    await page
      .getByRole("alert")
      .filter({ hasText: "weather" })
      .getByRole("button", { name: "Undo" })
      .click();
    await lists.getByText("2 lines").waitFor();
    expect(stage.complaints).toEqual([]);
  });

  it("takes dropped pictures by their bytes, and says why it refuses others", async () => {
    const room = createRoom(stage.page);
    await dropFiles(stage.page, [
      { name: "red.png", type: "image/png", bytes: makePng(320, 200, [180, 60, 40]) },
      { name: "empty.png", type: "image/png", bytes: Buffer.alloc(0) },
      { name: "notes.png", type: "image/png", bytes: Buffer.from("these are words, not a picture") },
      { name: "cut.png", type: "image/png", bytes: makePng(64, 64, [1, 2, 3]).subarray(0, 60) },
    ]);
    await stage.page.getByText("3 files not added").waitFor();
    await stage.page.getByText(/empty\.png is empty \(0 bytes\)/).waitFor();
    await stage.page.getByText(/notes\.png is not a picture/).waitFor();
    await stage.page.getByText(/cut\.png cannot be read as a picture/).waitFor();
    await expect.poll(() => room.pictures.count()).toBe(1);
    await expect.poll(() => allLoaded(room.pictures)).toBe(true);
    await saveStatus(stage.page)
      .getByText(/^Saved \d\d:\d\d$/)
      .waitFor();
    // Uploaded: the server's thumbnail has taken the place of the copy on this device.
    await expect.poll(() => room.pictures.first().getAttribute("src")).toMatch(/^\/api\//);
    await expect.poll(() => allLoaded(room.pictures)).toBe(true);
    expect(stage.complaints).toEqual([]);
  });

  it("shows a picture at full size, moves to its neighbour, and takes a deletion back", async () => {
    const room = createRoom(stage.page);
    await dropFiles(stage.page, [
      { name: "red.png", type: "image/png", bytes: makePng(600, 400, [180, 60, 40]) },
      { name: "blue.png", type: "image/png", bytes: makePng(600, 400, [40, 60, 180]) },
    ]);
    await expect.poll(() => room.pictures.count()).toBe(2);
    await stage.page.getByRole("link", { name: "Open blue.png" }).click();
    const viewer = stage.page.getByRole("dialog");
    await viewer.getByText("1 of 2").waitFor();
    await stage.page.keyboard.press("ArrowRight");
    await viewer.getByText("2 of 2").waitFor();
    await viewer.getByRole("heading", { name: "red.png" }).waitFor();
    await stage.page.keyboard.press("Delete");
    await viewer.getByText("1 of 1").waitFor();
    await stage.page.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    expect(await room.pictures.count()).toBe(1);
    await stage.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => room.pictures.count()).toBe(2);
    expect(stage.complaints).toEqual([]);
  });
});
