import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  byClient,
  chunksOf,
  commitSteps,
  creation,
  edit,
  newJob,
  newStyle,
} from "../testing/contract/contract-store.ts";
import type { CrashDisk } from "../testing/crash-disk/crash-disk.ts";
import { type CrashWork, promisedAt, recordCrashRun } from "../testing/crash-disk/crash-run.ts";
import { crashStates } from "../testing/crash-disk/crash-states.ts";
import { surviveCrashes } from "../testing/crash-disk/survive-crashes.ts";
import type { FsPort } from "./fs/fs-port.ts";

/**
 * Combinations of unsynced steps after each event: all of them where there are up to three, else the telling ones and some by chance.
 * All of up to eight by hand: `CRASH_STATES=256`.
 */
const MAX_PER_EVENT = Number(process.env["CRASH_STATES"] ?? "12");

describe("2 power loss", { timeout: 25_000 * MAX_PER_EVENT }, () => {
  let realFolder: string;
  // One for each: a test that ran out of time may still hold its lock.
  beforeEach(() => {
    realFolder = mkdtempSync(path.join(tmpdir(), "safelight-power-loss-"));
  });
  afterEach(() => rmSync(realFolder, { recursive: true, force: true }));

  const long = "p".repeat(6000);

  async function commitsInGroups({ store }: CrashWork): Promise<void> {
    await commitSteps(store, newStyle("style-1", "Ink"));
    await Promise.all([
      commitSteps(store, newJob("job-1", { prompt: long }), newStyle("style-2")),
      commitSteps(store, newJob("job-2")),
      store.commit(byClient("client-0001", [{ ...newStyle("style-3"), n: 1 }])),
    ]);
    await Promise.all([
      commitSteps(store, edit("styles", "style-1", { name: "Wash" })),
      commitSteps(store, { op: "delete", collection: "styles", id: "style-2" }),
    ]);
  }

  async function checkpointsBetween({ store }: CrashWork): Promise<void> {
    await commitSteps(store, newStyle("style-1", "Ink"), newJob("job-1"));
    await store.checkpoint();
    await commitSteps(store, edit("styles", "style-1", { name: "Wash" }));
    await commitSteps(store, { op: "purge", collection: "jobs", id: "job-1" });
    await store.checkpoint();
    await commitSteps(store, edit("styles", "style-1", { name: "Oil" }), newJob("job-2"));
  }

  async function checkpointsMeanwhile({ store }: CrashWork): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      const writing = store.checkpoint();
      await Promise.all([
        commitSteps(store, newStyle(`style-${round}`)),
        commitSteps(store, newJob(`job-${round}`)),
      ]);
      await commitSteps(store, edit("styles", `style-${round}`, { name: `name ${round}` }));
      await writing;
    }
  }

  async function blobsAndFolders({ store, keepBlob }: CrashWork): Promise<void> {
    const { sha256 } = await store.blobs.write(chunksOf("bytes ".repeat(1000)));
    keepBlob(sha256);
    await commitSteps(
      store,
      creation("gallerySessions", "gal-1", { name: "G" }),
      creation("galleryImages", "img-1", { sessionId: "gal-1", directive: "d" }),
    );
    await store.checkpoint();
    const again = await store.blobs.write(chunksOf("bytes ".repeat(1000)));
    keepBlob(again.sha256);
    await commitSteps(store, edit("galleryImages", "img-1", { directive: "e" }));
  }

  async function carriedJournal({ store }: CrashWork): Promise<void> {
    await commitSteps(
      store,
      newStyle("style-1", "Ink"),
      creation("gallerySessions", "gal-1", { name: "G" }),
      creation("galleryImages", "img-1", { sessionId: "gal-1", directive: "d" }),
    );
    await store.checkpoint();
    await commitSteps(store, edit("galleryImages", "img-1", { directive: "e" }));
    await commitSteps(store, edit("styles", "style-1", { name: "Wash" }));
    await store.checkpoint();
    await commitSteps(store, newStyle("style-2"));
    await store.checkpoint();
  }

  async function goingBack({ store }: CrashWork): Promise<void> {
    await commitSteps(store, newStyle("style-1", "Ink"), newJob("job-1", { status: "succeeded" }));
    await commitSteps(store, edit("styles", "style-1", { name: "Wash" }), newStyle("style-2"));
    const writing = store.checkpoint();
    await store.history.restore({ collection: "styles", id: "style-1", seq: 1, by: "test" });
    await writing;
    await commitSteps(store, { op: "purge", collection: "jobs", id: "job-1" });
    await store.checkpoint();
    await store.history.rewind({ to: { seq: 2 }, by: "test" });
    await store.checkpoint();
    await store.history.rewind({ to: { seq: 4 }, by: "test" });
  }

  async function removalOfBlobs({ store, keepBlob }: CrashWork): Promise<void> {
    const write = async (text: string) => (await store.blobs.write(chunksOf(text.repeat(1000)))).sha256;
    const [kept, late] = await Promise.all([write("kept"), write("late"), write("gone")]);
    await commitSteps(store, creation("styles", "style-1", { name: kept }));
    keepBlob(kept);
    const naming = commitSteps(store, creation("styles", "style-2", { name: late }));
    expect(await store.removeUnreferenced()).toMatchObject({ removed: 1 });
    await naming;
    keepBlob(late);
    keepBlob(await write("gone"));
  }

  const fewSegments = { segmentBytes: 4000 };
  /** A clock far ahead of the disk's: all bytes are past their days of grace. */
  const daysLater = { ...fewSegments, now: () => Date.parse("2026-02-01T00:00:00.000Z") };
  const alwaysCarried = { segmentBytes: 1, carryBytes: Number.NEGATIVE_INFINITY };
  const cases = [
    { name: "commits in groups", work: commitsInGroups, seeds: [1], store: fewSegments },
    { name: "checkpoints between commits", work: checkpointsBetween, seeds: [1], store: fewSegments },
    {
      name: "checkpoints while commits go on",
      work: checkpointsMeanwhile,
      seeds: [1, 2],
      store: fewSegments,
    },
    { name: "blobs and documents in folders", work: blobsAndFolders, seeds: [1], store: fewSegments },
    {
      name: "a journal that is carried on",
      work: carriedJournal,
      seeds: [1],
      store: alwaysCarried,
      checksPast: true,
    },
    {
      name: "going back past what was carried on",
      work: goingBack,
      seeds: [2],
      store: alwaysCarried,
      checksPast: true,
      // Its disk does so much that each combination more is seconds.
      share: 0.5,
    },
    { name: "removal of bytes that nothing names", work: removalOfBlobs, seeds: [1], store: daysLater },
    {
      name: "checkpoints and carrying meanwhile",
      work: checkpointsMeanwhile,
      seeds: [3],
      store: alwaysCarried,
    },
  ];
  for (const { name, work, seeds, store, checksPast = false, share = 1 } of cases) {
    it.each(seeds)(`keeps every acknowledged commit, with ${name} (seed %i)`, async (seed) => {
      const run = await recordCrashRun({ realFolder, seed, work, store });
      const survived = await surviveCrashes(run, {
        realFolder,
        seed,
        maxPerEvent: Math.ceil(MAX_PER_EVENT * share),
        againEvery: 150,
        checksPast,
      });
      expect(survived.states).toBeGreaterThan(400);
      expect(survived.distinct).toBeGreaterThan(200);
      expect(survived.again).toBeGreaterThan(50);
    });
  }

  it("goes on from a studio that was closed, in which power was lost before", async () => {
    const first = await recordCrashRun({ realFolder, work: checkpointsBetween });
    const { image, events } = first.disk;
    const middle = [...crashStates({ image, events, maxPerEvent: 1, seed: 1 })].at(-40);
    const at = middle?.at ?? 0;
    const run = await recordCrashRun({
      realFolder,
      seed: 3,
      work: ({ store }) => commitSteps(store, newStyle("style-9")).then(() => store.checkpoint()),
      before: { states: first.states, promises: promisedAt(first, at) },
      ...(middle && { image: middle.image }),
    });
    expect(promisedAt(run, 0).seq).toBeGreaterThan(1);
    const survived = await surviveCrashes(run, { realFolder, seed: 3, maxPerEvent: 12, againEvery: 150 });
    expect(survived.distinct).toBeGreaterThan(50);
  });

  const lies: readonly { readonly name: string; readonly wrap: (disk: CrashDisk) => FsPort }[] = [
    {
      name: "journal writes return before they are durable",
      wrap: (disk) => ({
        ...disk,
        open: (name, mode) => disk.open(name, mode === "journal" ? "fresh" : mode),
      }),
    },
    { name: "names are not synced", wrap: (disk) => ({ ...disk, syncFolder: async () => {} }) },
    {
      name: "files are not synced before they are renamed",
      wrap: (disk) => ({
        ...disk,
        async open(name, mode) {
          const file = await disk.open(name, mode);
          return mode === "fresh" ? { ...file, sync: async () => {}, datasync: async () => {} } : file;
        },
      }),
    },
  ];
  it.each(lies)("would be noticed if $name", async ({ wrap }) => {
    const run = await recordCrashRun({ realFolder, work: checkpointsBetween, wrap });
    const surviving = surviveCrashes(run, { realFolder, seed: 1, maxPerEvent: 16 });
    await expect(surviving).rejects.toThrow("power lost after event");
  });
});
