import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { run } from "./run.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safelight-init-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const initStorage = (dataDir: string) => run(process.execPath, ["scripts/init-storage.ts", dataDir]);

it("creates a data folder, and finds it in order the next time", async () => {
  const dataDir = join(folder, "studio");
  const first = await initStorage(dataDir);
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("created, ready to use") });
  expect(statSync(join(dataDir, "journal")).isDirectory()).toBe(true);
  const second = await initStorage(dataDir);
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining("in order, ready to use") });
});

it("refuses a folder of a newer version and changes nothing", async () => {
  await initStorage(folder);
  writeFileSync(join(folder, "studio.json"), '{"version":999,"epoch":"later"}\n');
  const refused = await initStorage(folder);
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("nothing was changed") });
});
