import { afterEach, beforeEach, expect, it } from "vitest";
import { commitSteps, newStyle } from "../../testing/index.ts";
import { type DataFolder, dataFolder } from "../../testing/data-folder.ts";
import { checkDataFolder } from "./check-data-folder.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

it("S66 makes a folder with all that belongs into it, for its owner alone", async () => {
  const dataDir = folder.file("deep/data");
  const report = await checkDataFolder(dataDir);
  expect(report).toMatchObject({ state: "created", health: { seq: 0, findings: [] }, problem: undefined });
  expect(await folder.names("deep/data")).toEqual(
    expect.arrayContaining(["blobs", "generated", "journal", "studio.json", "uploads"]),
  );
  expect(JSON.parse(await folder.text("deep/data/studio.json"))).toMatchObject({
    version: 1,
    epoch: report.health?.epoch,
  });
  expect((await checkDataFolder(dataDir)).state).toBe("ready");
});

it("S66 tells what it mended, who holds a folder, and why it refuses one", async () => {
  const store = await folder.open();
  await commitSteps(store, newStyle("style-1"));
  expect(await checkDataFolder(folder.path)).toMatchObject({
    state: "in-use",
    holder: { pid: process.pid },
    problem: { code: "store.locked" },
  });
  await store.close();
  await folder.write("styles.json", "{");
  expect(await checkDataFolder(folder.path)).toMatchObject({
    state: "ready",
    health: { records: 1, findings: [{ code: "document.damaged", file: "styles.json" }] },
  });
  await folder.write("studio.json", "{");
  expect(await checkDataFolder(folder.path)).toMatchObject({
    state: "refused",
    problem: { code: "store.unreadable" },
  });
});
