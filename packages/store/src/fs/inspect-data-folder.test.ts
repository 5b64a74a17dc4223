import { rm } from "node:fs/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  chunksOf,
  commitSteps,
  creation,
  edit,
  newJob,
  newStyle,
  shownState,
} from "../../testing/contract/contract-store.ts";
import { type DataFolder, dataFolder, findingCodes, flipped } from "../../testing/data-folder.ts";
import { inspectDataFolder } from "./inspect-data-folder.ts";
import { holdDataFolder } from "./hold-data-folder.ts";
import { seedDataFolder } from "./seed-data-folder.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

/** Two documents with backups, a blob that a record names, and changes since. */
async function livedIn() {
  const store = await folder.open();
  const blob = await store.blobs.write(chunksOf("paid for"));
  await commitSteps(store, newStyle("style-1", "Ink"), newJob("job-1"));
  await store.checkpoint();
  await commitSteps(
    store,
    creation("contents", "content-1", { type: "image", origin: "upload", blob: { ...blob } }),
  );
  await commitSteps(store, edit("styles", "style-1", { name: "Wash" }));
  await store.checkpoint();
  await store.close();
  return blob;
}

const codes = async () => {
  const { observations } = await inspectDataFolder(folder.path);
  return observations.map(
    ({ severity, code, file }) => `${severity} ${code}${file === undefined ? "" : ` ${file}`}`,
  );
};

it("finds nothing in a folder that is in order, and tells what is there", async () => {
  await livedIn();
  const before = await folder.content();
  const found = await inspectDataFolder(folder.path);
  expect(found).toMatchObject({
    studio: { version: 1, epoch: expect.any(String) },
    holder: undefined,
    problem: undefined,
    observations: [],
    seq: 3,
    records: 3,
    blobs: { checkedBlobs: 1, damagedCount: 0 },
    storage: { blobs: { files: 1 } },
    quarantine: [],
  });
  expect(found.freeBytes).toBeGreaterThan(0);
  expect(await folder.content()).toEqual(before);
});

it("tells damage of the journal, documents, backups and blobs apart from what a start mends, and changes nothing", async () => {
  const { sha256 } = await livedIn();
  const [segment = ""] = await folder.names("journal");
  await folder.rot("styles.json", flipped(90));
  await folder.rot("styles.json.backup", flipped(90));
  await rm(folder.file("jobs.json"));
  await rm(folder.file("content.json.backup"), { force: true });
  await folder.rot(`blobs/${sha256.slice(0, 2)}/${sha256}.bin`, flipped(2));
  const text = await folder.text(`journal/${segment}`);
  await folder.write(`journal/${segment}`, `${text.slice(0, text.lastIndexOf("}") + 2)}01234567 {"seq"`);
  const before = await folder.content();
  expect(await codes()).toEqual([
    `note journal.torn journal/${segment}`,
    "damage document.damaged styles.json",
    "note document.missing jobs.json",
    "damage backup.damaged styles.json.backup",
    "damage blob.damaged",
  ]);
  expect(await folder.content()).toEqual(before);
  await rm(folder.file(`blobs/${sha256.slice(0, 2)}/${sha256}.bin`));
  expect(await codes()).toContain("damage blob.missing");
});

it("says why a start would refuse the folder, and who holds it", async () => {
  await livedIn();
  const hold = await holdDataFolder(folder.path);
  await expect(folder.open()).rejects.toMatchObject({ code: "store.locked" });
  expect(await inspectDataFolder(folder.path)).toMatchObject({
    holder: { pid: process.pid, isRunning: true },
  });
  await hold.release();
  await rm(folder.file("studio.json"));
  expect(await inspectDataFolder(folder.path)).toMatchObject({ problem: { code: "store.not-mounted" } });
});

it("makes a folder that holds a state as it was, in a new epoch, and goes on from there", async () => {
  await livedIn();
  const source = await folder.open();
  const other = await dataFolder();
  try {
    const records = async function* () {
      for (const { collection, json } of source.snapshot().records()) yield { collection, json };
    };
    const counters = [{ collection: "jobs" as const, scope: "", value: 7 }];
    await seedDataFolder(other.path, {
      seq: 3,
      at: "2026-01-01T00:00:00.000Z",
      records: records(),
      counters,
    });
    const store = await other.open();
    const texts = (state: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(state).map(([key, text]) => [key, text.slice(text.indexOf(" "))]));
    expect(texts(shownState(store))).toEqual(texts(shownState(source)));
    expect(store.cursor().seq).toBe(3);
    expect(store.cursor().epoch).not.toBe(source.cursor().epoch);
    expect(findingCodes(store)).toEqual([]);
    expect((await commitSteps(store, newJob("job-2"))).seq).toBe(4);
    expect(store.get("jobs", "job-2")?.number).toBe(8);
    await store.close();
    expect((await inspectDataFolder(other.path)).observations).toEqual([
      expect.objectContaining({ code: "blob.missing" }),
    ]);
  } finally {
    await other.dispose();
  }
});
