import { copyFile, open as openFile, readFile, utimes, writeFile } from "node:fs/promises";
import { expect } from "vitest";
import { createNodeFs } from "../../src/fs/node-fs.ts";
import { createMemoryStore, type PlannedStep, type Store } from "../../src/index.ts";
import {
  byClient,
  byServer,
  chunksOf,
  creation,
  edit,
  newStyle,
  shownState,
} from "../contract/contract-store.ts";
import { type DataFolder, dataFolder, findingCodes } from "../data-folder.ts";
import { createFaultyFs, type FaultyFs } from "./faulty-fs.ts";
import type { Happening } from "./happening.ts";

/** A store in files and one in memory to which the same things happen. */
export interface TwinStores {
  /** Lets something happen to both; fails when they differ after it. */
  live(happening: Happening): Promise<void>;
  dispose(): Promise<void>;
}

const DAY_MS = 24 * 3600 * 1000;
const JOURNAL = /^journal\/\d+\.ndjson$/;
const STYLES = "styles.json";

export async function twinStores(): Promise<TwinStores> {
  let nowMs = Math.floor(Date.now() / 1000) * 1000;
  const now = () => nowMs;
  const model = createMemoryStore({ now });
  const first = await dataFolder();
  let folder = first;
  let faults: FaultyFs;
  let store = await open(folder);
  let n = 1;
  const sent = new Set<string>();

  async function open(at: DataFolder) {
    return at.open({
      now,
      segmentBytes: 600,
      carryBytes: 1500,
      checkpointQuietMs: 3_600_000,
      watchMs: 3_600_000,
      createFs: (dataDir) => (faults = createFaultyFs(createNodeFs(dataDir))),
    });
  }

  async function reopen(expected: readonly string[] = []): Promise<void> {
    store = await open(folder);
    expect(findingCodes(store)).toEqual(expected);
  }

  const both = <T>(work: (target: Store) => Promise<T>) =>
    Promise.all([outcomeOf(work(model)), outcomeOf(work(store))]);

  async function expectSame(work: (target: Store) => Promise<unknown>): Promise<void> {
    const [expected, actual] = await both(work);
    expect(actual).toEqual(expected);
  }

  async function commit(steps: readonly PlannedStep[], client: string | undefined): Promise<void> {
    n += 2;
    // Every other push is sent as if its answer had been lost.
    const numbered = steps.flatMap((planned, at) =>
      planned.op === "purge" ? [] : [{ ...planned, n: n - 1 + at }],
    );
    await expectSame((target) =>
      target.commit(
        client === undefined ? byServer(steps, { atomicity: "each" }) : byClient(client, numbered),
      ),
    );
  }

  async function commitWhenFull(steps: readonly PlannedStep[]): Promise<void> {
    const lift = faults.strike({ call: "write", path: JOURNAL, code: "ENOSPC", times: 1 });
    const struckBefore = faults.struck.length;
    const outcome = await outcomeOf(store.commit(byServer(steps, { atomicity: "each" })));
    lift();
    if (faults.struck.length > struckBefore) expect(outcome).toBe("store.full");
    // One that changes nothing needs no room.
    else expect(outcome).toEqual(await outcomeOf(model.commit(byServer(steps, { atomicity: "each" }))));
  }

  /** Writes another name into the document, as an editor would. Resolves to the change, if it is one. */
  async function editByHand(at: number, name: string): Promise<PlannedStep | undefined> {
    const text = await readFile(folder.file(STYLES), "utf8").catch(() => undefined);
    const document = text === undefined ? undefined : JSON.parse(text);
    const style = document?.styles.find(({ id }: { id: string }) => id === `style-${at}`);
    if (style === undefined || style.name === name) return undefined;
    style.name = name;
    await writeFile(folder.file(STYLES), JSON.stringify(document, undefined, 2));
    return edit("styles", style.id, { name });
  }

  async function takeEdit({ at, name, isOpen }: Extract<Happening, { kind: "edit" }>): Promise<void> {
    if (isOpen) {
      await store.checkpoint();
      const step = await editByHand(at, name);
      // Any other change of the document makes the store look at it.
      await commit([newStyle(`style-other-${n}`)], undefined);
      if (step !== undefined) await model.commit(byServer([step]));
      await store.checkpoint();
      return;
    }
    await store.close();
    const step = await editByHand(at, name);
    if (step !== undefined) await model.commit(byServer([step]));
    await reopen(step === undefined ? [] : ["document.edited"]);
  }

  async function sendBlob(at: number, bytes: number): Promise<void> {
    const [expected, blob] = await Promise.all(
      [model, store].map((target) => target.blobs.write(chunksOf(`bytes ${bytes}`))),
    );
    expect(blob).toEqual(expected);
    if (blob === undefined) return;
    sent.add(blob.sha256);
    const shard = `blobs/${blob.sha256.slice(0, 2)}`;
    const name = (await folder.names(shard)).find((found) => found.startsWith(blob.sha256));
    await utimes(folder.file(`${shard}/${name}`), nowMs / 1000, nowMs / 1000);
    const image = `img-${at}`;
    const step = store.get("galleryImages", image)
      ? edit("galleryImages", image, { blob: { ...blob } })
      : creation("galleryImages", image, { sessionId: "gal-1", blob: { ...blob } });
    await commit([step], undefined);
  }

  /** Copies the folder as a crash would leave it, with half a line that nobody was told of at the end of the journal. */
  async function tear(): Promise<readonly string[]> {
    const last = (await folder.names("journal")).findLast((name) => name.endsWith(".ndjson"));
    if (last === undefined) return [];
    const bytes = await readFile(folder.file(`journal/${last}`));
    // A carried segment was put in place whole: there is no tail to tear.
    if (bytes.toString("latin1", 9, 17) === '{"seq":0') return [];
    const file = await openFile(folder.file(`journal/${last}`), "r+");
    await file.write('01234567 {"seq":', bytes.lastIndexOf("\n") + 1);
    await file.close();
    return ["journal.torn"];
  }

  async function restoreBackups(): Promise<void> {
    for (const sub of [".", "gallery/gal-1", "gallery/gal-2", "gallery/gal-3", "gallery/gal-4"]) {
      const names = await folder.names(sub).catch(() => []);
      for (const name of names.filter((candidate) => candidate.endsWith(".backup"))) {
        const backup = folder.file(`${sub}/${name}`);
        await copyFile(backup, backup.replace(/\.backup$/, ""));
      }
    }
  }

  async function happen(happened: Happening): Promise<void> {
    const past = (back: number) => Math.round(model.cursor().seq * (1 - back));
    switch (happened.kind) {
      case "commit":
        return commit(happened.steps, happened.client);
      case "full":
        return commitWhenFull(happened.steps);
      case "fault": {
        const lift = faults.strike(happened.fault);
        const outcome = await outcomeOf(store.checkpoint());
        if (typeof outcome === "string")
          expect(outcome).toMatch(/^store\.(busy|full|disk-fault|not-writable)$/);
        lift();
        expect(store.health().state).toBe("ok");
        return;
      }
      case "edit":
        return takeEdit(happened);
      case "blob":
        return sendBlob(happened.at, happened.bytes);
      case "rewind": {
        const { collection, back } = happened;
        const scope = collection === undefined ? {} : { collection };
        return expectSame((target) =>
          target.history.rewind({ to: { seq: past(back) }, by: "test", ...scope }),
        );
      }
      case "restore": {
        const { at, back } = happened;
        const request = { collection: "styles", id: `style-${at}`, seq: past(back), by: "test" } as const;
        return expectSame((target) => target.history.restore(request));
      }
      case "sweep":
        nowMs += 8 * DAY_MS;
        return expectSame((target) => target.removeUnreferenced());
      case "checkpoint":
        return store.checkpoint();
      case "close":
        await store.close();
        return reopen();
      case "crash":
      case "torn":
      case "backup": {
        folder = await folder.crash();
        if (happened.kind === "backup") await restoreBackups();
        return reopen(happened.kind === "torn" ? await tear() : []);
      }
    }
  }

  return {
    async live(happened) {
      nowMs += 1000;
      await happen(happened);
      expect(shownState(store)).toEqual(shownState(model));
      expect(store.cursor().seq).toBe(model.cursor().seq);
      expect(store.lastNumber("jobs")).toBe(model.lastNumber("jobs"));
      expect(purges(store)).toEqual(purges(model));
      for (const sha256 of sent)
        expect(await store.blobs.stat(sha256)).toEqual(await model.blobs.stat(sha256));
    },
    dispose: () => first.dispose(),
  };
}

/** What became of it: its result, or the code of its refusal. */
async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error) return error.code;
    throw error;
  }
}

function purges(store: Store): readonly string[] {
  const changes = store.changesSince(0, 1000)?.changes ?? [];
  return changes.filter(({ op }) => op === "purge").map(({ id, seq }) => `${id} ${seq}`);
}
