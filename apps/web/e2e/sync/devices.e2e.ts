import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createStyle, type Device, statusOf, stylesAt, untilSaved, updateStyle } from "./open-device.ts";
import { readJournal } from "./read-journal.ts";
import { useStage } from "./use-stage.ts";

const stage = useStage();

/** Two devices that both show one style, offline. */
async function apart(before?: () => void) {
  const here = await stage.openDevice();
  const there = await stage.openDevice(before === undefined ? {} : { before });
  const [left, right] = [await here.openTab(), await there.openTab()];
  const id = await createStyle(left, "both");
  await right.waitForFunction((key) => window.sync.get("styles", key) !== undefined, id);
  await untilSaved(left);
  await here.setOffline(true);
  await there.setOffline(true);
  return { id, here, there, left, right };
}

async function comeBack(where: Device, page: Page): Promise<void> {
  await where.setOffline(false);
  await page.evaluate(() => window.sync.nudge());
  await untilSaved(page);
}

const seen = (page: Page, id: string) => page.evaluate((key) => window.sync.get("styles", key), id);

describe("two devices", () => {
  it("that edit different fields offline both keep theirs", async () => {
    const { id, here, there, left, right } = await apart();
    await updateStyle(left, id, { name: "renamed" });
    await updateStyle(right, id, { triggerWord: "dsk" });
    await comeBack(here, left);
    await comeBack(there, right);
    const both = { name: "renamed", triggerWord: "dsk" };
    expect(await stylesAt(stage.studio)).toMatchObject([both]);
    await expect.poll(() => seen(left, id)).toMatchObject(both);
    expect(await seen(right, id)).toMatchObject(both);
  });

  it.each([
    ["with clocks that agree", 0],
    ["with a clock a year ahead", 1],
    ["with a clock a year behind", -1],
  ])("that edit one field offline agree on the later arrival, %s", async (_, years) => {
    const shifts = {
      "0": () => undefined,
      "1": () => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + 31_557_600_000;
      },
      "-1": () => {
        const now = Date.now.bind(Date);
        Date.now = () => now() - 31_557_600_000;
      },
    } as const;
    const { id, here, there, left, right } = await apart(shifts[`${years as -1 | 0 | 1}`]);
    await updateStyle(right, id, { name: "there" });
    await updateStyle(left, id, { name: "here" });
    await comeBack(there, right);
    await comeBack(here, left);
    expect(await stylesAt(stage.studio)).toMatchObject([{ name: "here" }]);
    await expect.poll(() => seen(right, id)).toMatchObject({ name: "here" });
    expect(await statusOf(right)).toMatchObject({ state: "saved" });
    // The first device goes on as if nothing had been.
    await updateStyle(right, id, { name: "later" });
    await untilSaved(right);
    await expect.poll(() => seen(left, id)).toMatchObject({ name: "later" });
  });

  it("that changed one field are told of by a third that was away and by a new one, though the record has changed since", async () => {
    const { id, here, there, left, right } = await apart();
    const third = await stage.openDevice();
    const away = await third.openTab();
    await away.waitForFunction((key) => window.sync.get("styles", key) !== undefined, id);
    await untilSaved(away);
    await third.setOffline(true);
    await updateStyle(left, id, { name: "left" });
    await updateStyle(right, id, { name: "right" });
    await comeBack(here, left);
    await comeBack(there, right);
    await updateStyle(right, id, { triggerWord: "since" });
    await untilSaved(right);

    await comeBack(third, away);
    const fresh = await (await stage.openDevice()).openTab();
    for (const page of [away, fresh]) {
      await expect
        .poll(() => page.evaluate(() => window.sync.conflicts()))
        .toMatchObject([{ id, lost: { name: "left" } }]);
    }
    // Decided on one of them, it is decided on all.
    await updateStyle(fresh, id, { name: "left" });
    for (const page of [left, right, away, fresh]) {
      await expect.poll(() => page.evaluate(() => window.sync.conflicts())).toEqual([]);
    }
  });

  it.each([["delete"], ["edit"]])(
    "of which one deletes and one edits agree that it is in the trash, the %s first",
    async (first) => {
      const { id, here, there, left, right } = await apart();
      await left.evaluate((key) => window.sync.delete("styles", key).durable, id);
      await updateStyle(right, id, { name: "edited there" });
      if (first === "delete") await comeBack(here, left);
      await comeBack(there, right);
      if (first === "edit") await comeBack(here, left);
      const [style] = await stylesAt(stage.studio);
      expect(style?.deletedAt).toEqual(expect.any(String));
      for (const page of [left, right]) {
        await expect.poll(() => page.evaluate(() => window.sync.trash("styles").length)).toBe(1);
        expect(await page.evaluate(() => window.sync.list("styles"))).toEqual([]);
      }
      // The edit is a version, whichever came first.
      const names = (await readJournal(stage.studio)).map(({ record }) => record?.["name"]);
      expect(names).toContain("edited there");
    },
  );
});
