import type { PushRequest } from "@safelight/shared";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { statusOf, untilSaved } from "./open-device.ts";
import { readJournal } from "./read-journal.ts";
import { useStage } from "./use-stage.ts";

const WRITES = 500;
/** Names are long, so that the queue takes several pushes of half a megabyte at most. */
const NAME_PADDING = 4000;

const stage = useStage();

/** Queues `WRITES` styles, one after the other, each with enough text for several pushes. */
function queueWrites(page: Page): Promise<void> {
  return page.evaluate(
    async ([count, padding]) => {
      const description = "x".repeat(padding);
      const writes = Array.from({ length: count }, (_, index) =>
        window.sync.create("styles", { name: `style ${String(index).padStart(3, "0")}`, description }),
      );
      await Promise.all(writes.map(({ durable }) => durable));
    },
    [WRITES, NAME_PADDING] as const,
  );
}

async function namesInOrder(): Promise<unknown[]> {
  return (await readJournal(stage.studio)).map(({ record }) => record?.["name"]);
}

describe("500 queued writes", () => {
  it.each([
    [401, "signed-out"],
    [503, "server"],
  ])(
    "that meet a %i in their middle go on afterwards, in order, and none is lost",
    async (status, reason) => {
      const device = await stage.openDevice();
      const page = await device.openTab();
      await untilSaved(page);
      await device.setOffline(true);
      await queueWrites(page);
      const sizes: number[] = [];
      let refusing = true;
      await device.onPush(async (route) => {
        const { mutations } = route.request().postDataJSON() as PushRequest;
        if (refusing && sizes.length > 0) return route.fulfill({ status, body: "<h1>not now</h1>" });
        sizes.push(mutations.length);
        await route.continue();
      });
      await device.setOffline(false);
      await page.evaluate(() => window.sync.nudge());
      await expect.poll(() => statusOf(page)).toMatchObject({ state: "on-device", reason });
      const taken = await namesInOrder();
      expect(taken.length).toBe(sizes[0]);
      expect(taken.length).toBeGreaterThan(0);
      expect(taken.length).toBeLessThan(WRITES);
      await expect.poll(() => statusOf(page)).toMatchObject({ waiting: WRITES - taken.length });

      refusing = false;
      await page.evaluate(() => window.sync.nudge());
      await untilSaved(page);
      expect(sizes.length).toBeGreaterThan(2);
      const expected = Array.from(
        { length: WRITES },
        (_, index) => `style ${String(index).padStart(3, "0")}`,
      );
      expect(await namesInOrder()).toEqual(expected);
      expect(await page.evaluate(() => window.sync.attention())).toEqual([]);
    },
  );
});
