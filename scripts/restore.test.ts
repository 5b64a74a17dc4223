import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createBackups } from "../apps/server/src/backups/backups.ts";
import { openFileStore, type Store } from "../packages/store/src/index.ts";
import { run } from "./run.ts";

let base: string;
let dataDir: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "safelight-restore-"));
  dataDir = join(base, "data");
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const script = (name: string, ...args: readonly string[]) =>
  run(process.execPath, [`scripts/${name}.ts`, ...args]);
const recordsOf = (store: Store) => [...store.snapshot().records()].map(({ json }) => json).toSorted();

async function commit(store: Store, collection: "styles" | "contents" | "jobs", id: string, set: object) {
  const step = { collection, id, op: "create", set: { ...set } } as const;
  await store.commit({ by: "test", actor: "server", atomicity: "all", steps: [step] });
}

/** A studio with a picture, something in the trash and a job, and a backup of it. Resolves to the archive and the records. */
async function studioWithBackup() {
  const store = await openFileStore({ dataDir });
  const blob = await store.blobs.write(Readable.from([Buffer.from("paid for")]));
  await commit(store, "contents", "content-1", { type: "image", origin: "upload", blob: { ...blob } });
  await commit(store, "jobs", "job-1", { kind: "image", provider: "local" });
  await commit(store, "styles", "style-1", { name: "Ink" });
  const gone = { collection: "styles", id: "style-1", op: "delete" } as const;
  await store.commit({ by: "test", actor: "server", atomicity: "all", steps: [gone] });
  const { backup } = await createBackups({
    store,
    folder: join(base, "archives"),
    now: () => new Date(),
  }).make();
  const kept = { archive: join(base, "archives", backup.name), records: recordsOf(store), ...blob };
  await commit(store, "styles", "style-2", { name: "later" });
  const { epoch } = store.cursor();
  await store.close();
  return { ...kept, epoch };
}

it("restores a backup into a new folder: records, trash, numbers and bytes as they were, in a new epoch", async () => {
  const { archive, records, sha256, epoch } = await studioWithBackup();
  const into = join(base, "deep", "restored");
  const restored = await script("restore", archive, "--into", into);
  expect(restored).toMatchObject({
    code: 0,
    output: expect.stringContaining("3 records, 1 blobs, commit 4"),
  });
  expect(await script("doctor", into)).toMatchObject({
    code: 0,
    output: expect.stringContaining("In order."),
  });
  const store = await openFileStore({ dataDir: into });
  expect(recordsOf(store)).toEqual(records);
  expect(store.cursor()).toMatchObject({ seq: 4 });
  expect(store.cursor().epoch).not.toBe(epoch);
  expect(Buffer.from(await store.blobs.bytes(sha256)).toString()).toBe("paid for");
  expect(store.health().findings).toEqual([]);
  await commit(store, "jobs", "job-2", { kind: "image", provider: "local" });
  expect(store.get("jobs", "job-2")?.number).toBe(2);
  await store.close();
});

it("refuses a folder that is not empty until it is told, and then sets aside what is there", async () => {
  const { archive, records } = await studioWithBackup();
  writeFileSync(join(dataDir, "secrets.json"), "{}", { mode: 0o600 });
  const before = readdirSync(dataDir).toSorted();
  const refused = await script("restore", archive, "--into", dataDir);
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("--replace") });
  expect(readdirSync(dataDir).toSorted()).toEqual(before);
  const restored = await script("restore", archive, "--into", dataDir, "--replace");
  expect(restored).toMatchObject({ code: 0, output: expect.stringContaining("before-restore-") });
  const aside = readdirSync(dataDir).find((name) => name.startsWith("before-restore-")) ?? "";
  expect(readFileSync(join(dataDir, aside, "styles.json"), "utf8")).toContain("later");
  expect(readFileSync(join(dataDir, "secrets.json"), "utf8")).toBe("{}");
  const store = await openFileStore({ dataDir });
  expect(recordsOf(store)).toEqual(records);
  await store.close();
  const earlier = await openFileStore({ dataDir: join(dataDir, aside) });
  expect(earlier.get("styles", "style-2")).toMatchObject({ name: "later" });
  await earlier.close();
});

it("changes nothing for a damaged archive, nor in the folder of a running studio", async () => {
  const { archive } = await studioWithBackup();
  const store = await openFileStore({ dataDir });
  expect(await script("restore", archive, "--into", dataDir, "--replace")).toMatchObject({
    code: 1,
    output: expect.stringContaining(`process ${process.pid}`),
  });
  expect(await script("doctor", dataDir)).toMatchObject({
    code: 0,
    output: expect.stringContaining("is running"),
  });
  await store.close();
  const bytes = readFileSync(archive);
  const at = bytes.indexOf("paid for");
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  chmodSync(archive, 0o600);
  writeFileSync(archive, bytes);
  const before = readdirSync(dataDir).toSorted();
  expect(await script("restore", archive, "--into", dataDir, "--replace")).toMatchObject({
    code: 1,
    output: expect.stringContaining("cannot be relied on"),
  });
  expect(readdirSync(dataDir).toSorted()).toEqual(before);
});

it("the doctor exits with 1 for damage and says what it is, in words and as JSON", async () => {
  const { sha256 } = await studioWithBackup();
  rmSync(join(dataDir, "blobs", sha256.slice(0, 2)), { recursive: true });
  expect(await script("doctor", dataDir)).toMatchObject({
    code: 1,
    output: expect.stringContaining(`${sha256} is named by contents/content-1 and not here. (blob.missing)`),
  });
  const { code, output } = await script("doctor", dataDir, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(output)).toMatchObject({
    records: 4,
    observations: [{ severity: "damage", code: "blob.missing" }],
  });
  expect(await script("doctor", join(base, "nowhere"))).toMatchObject({ code: 1 });
});
