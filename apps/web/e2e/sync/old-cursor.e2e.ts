import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFileStore, type PlannedStep } from "../../../../packages/store/src/index.ts";
import { createStyle, namesIn, stylesAt, untilSaved, updateStyle } from "./open-device.ts";
import { useStage } from "./use-stage.ts";

const stage = useStage();

/** Purges a style at the studio, and lets it forget that it did. */
async function purgeLongAgo(id: string): Promise<void> {
  const { studio } = stage;
  await studio.kill();
  // Each commit ends a segment of the journal, and a checkpoint puts the complete ones away.
  const store = await openFileStore({
    dataDir: studio.dataDir,
    segmentBytes: 1,
    carryBytes: Number.NEGATIVE_INFINITY,
  });
  const commit = (step: PlannedStep) =>
    store.commit({ by: "test", actor: "server", atomicity: "all", steps: [step] });
  await commit({ op: "purge", collection: "styles", id });
  for (const name of ["made since", "made later"]) {
    await commit({
      op: "create",
      collection: "styles",
      id: `style-${name.replace(" ", "-")}`,
      set: { name },
    });
    await store.checkpoint();
  }
  await store.close();
  // Of purges before the journal that it holds the studio then knows nothing, as after 10,000 more of them (S33).
  await rm(join(studio.dataDir, "tombstones.json"));
  await rm(join(studio.dataDir, "tombstones.json.backup"), { force: true });
  await studio.restart();
}

describe("a client that was away longer than the studio's tombstones reach", () => {
  it("takes a snapshot, forgets what was purged meanwhile, and keeps what it wrote offline", async () => {
    const device = await stage.openDevice();
    const page = await device.openTab();
    const kept = await createStyle(page, "kept");
    const purged = await createStyle(page, "purged meanwhile");
    await untilSaved(page);
    await device.setOffline(true);
    await updateStyle(page, kept, { triggerWord: "offline" });
    await createStyle(page, "made offline");
    // An edit of what is no more when it arrives.
    await updateStyle(page, purged, { triggerWord: "too late" });

    const snapshots: string[] = [];
    device.context.on("request", (request) => {
      if (request.url().includes("/api/sync/snapshot")) snapshots.push(request.url());
    });
    await purgeLongAgo(purged);
    await device.setOffline(false);
    await page.evaluate(() => window.sync.nudge());
    const expected = ["kept", "made later", "made offline", "made since"];
    await expect.poll(() => namesIn(page)).toEqual(expected);
    expect(snapshots.length).toBeGreaterThan(0);
    await expect
      .poll(() => page.evaluate(() => window.sync.attention()))
      .toMatchObject([
        { op: "update", id: purged, code: "record.missing", set: { triggerWord: "too late" } },
      ]);
    const styles = await stylesAt(stage.studio);
    expect(styles.map(({ name }) => name)).toEqual(expected);
    expect(styles.find(({ id }) => id === kept)?.triggerWord).toBe("offline");
  });
});
