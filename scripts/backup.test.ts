import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { verifyArchive } from "../apps/server/src/backups/verify-archive.ts";
import { openFileStore } from "../packages/store/src/index.ts";
import { run } from "./run.ts";

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "safelight-backup-"));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const backup = () => run(process.execPath, ["scripts/backup.ts", "--data-dir", dataDir]);

it("backs a stopped studio up, and leaves a running one alone", async () => {
  const store = await openFileStore({ dataDir });
  await store.commit({
    by: "test",
    actor: "server",
    atomicity: "all",
    steps: [{ collection: "styles", id: "style-1", op: "create", set: { name: "Ink" } }],
  });
  const refused = await backup();
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("POST") });
  expect(refused.output).toContain(`process ${process.pid}`);
  await store.close();
  const made = await backup();
  expect(made).toMatchObject({ code: 0, output: expect.stringContaining("1 records, 0 blobs") });
  const folder = join(dataDir, "backups");
  const [name = ""] = readdirSync(folder);
  expect(await verifyArchive(join(folder, name))).toMatchObject({ seq: 1, collections: { styles: 1 } });
});
