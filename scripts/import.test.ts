import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeOld, writeOldApps } from "../apps/server/testing/old-folders.ts";
import { openFileStore } from "../packages/store/src/index.ts";
import { run } from "./run.ts";

let folder: string;
let old: string;
let dataDir: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "safelight-import-"));
  old = join(folder, "old");
  dataDir = join(folder, "studio");
  await writeOldApps(old);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const importOld = (...args: readonly string[]) =>
  run(process.execPath, ["scripts/import.ts", ...args, "--data-dir", dataDir]);

it("says what it would do, does it with --apply, and has nothing to do the next time", async () => {
  const dry = await importOld(old);
  expect(dry).toMatchObject({ code: 0, output: expect.stringContaining("A dry run: nothing was changed.") });
  expect(existsSync(dataDir)).toBe(false);
  const applied = await importOld(old, "--apply");
  expect(applied).toMatchObject({ code: 0, output: expect.stringContaining("Done: 12 records.") });
  const again = await importOld(old, "--apply");
  expect(again).toMatchObject({ code: 0, output: expect.stringContaining("Nothing to add.") });
  const store = await openFileStore({ dataDir });
  expect([store.count("jobs"), store.count("galleryImages"), store.lastNumber("jobs")]).toEqual([3, 3, 3]);
  await store.close();
});

it("names what is unusable and ends with 1", async () => {
  writeOld(old, "dashboards/job_history.json", "{");
  const { code, output } = await importOld(old);
  expect(code).toBe(1);
  expect(output).toContain("there is no dashboards/job_history.json.backup");
});

it("leaves a studio that is in use alone and names who holds it", async () => {
  const store = await openFileStore({ dataDir });
  const { code, output } = await importOld(old, "--apply");
  await store.close();
  expect(code).toBe(1);
  expect(output).toContain(`(process ${process.pid} on`);
  expect(output).toContain("Ctrl-C");
});

it("says that there is nothing to import, and does nothing, for a folder of something else", async () => {
  const empty = join(folder, "empty");
  writeOld(empty, "notes.txt", "hello");
  const { code, output } = await importOld(empty, "--apply");
  expect(code).toBe(1);
  expect(output).toContain("No old files found.");
  const missing = await importOld(join(folder, "nowhere"));
  expect(missing).toMatchObject({ code: 1, output: expect.stringContaining("There is nothing at") });
});
