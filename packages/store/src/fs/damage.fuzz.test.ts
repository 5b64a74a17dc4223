import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readFile } from "node:fs/promises";
import { byClient, commitSteps, edit, newJob, newStyle, shownState } from "../../testing/index.ts";
import { type DataFolder, dataFolder, findingCodes, flipped } from "../../testing/data-folder.ts";
import { endOfLines } from "./journal-codec.ts";
import { createNodeFs } from "./node-fs.ts";
import { planRecovery, type Recovery } from "./recover.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

const SEGMENT = "journal/000000000001.ndjson";
const NEWLINE = 0x0a;

/** What recovery makes of a folder, without changing it: cheap enough to ask at every byte. */
const recovered = (copy: DataFolder) => planRecovery(createNodeFs(copy.path), false);

function recoveredState({ replayed }: Recovery): Readonly<Record<string, string>> {
  const entries = [...replayed.state.entries.values()].flatMap((byId) => [...byId.values()]);
  return Object.fromEntries(
    entries.map(({ collection, id, seq, json }) => [`${collection}/${id}`, `${seq} ${json}`]),
  );
}

/** States after each commit of a small journal; index 0 is the empty studio. */
async function smallJournal() {
  const store = await folder.open();
  const states = [shownState(store)];
  for (const step of [newStyle("style-1"), newStyle("style-2"), newStyle("style-3"), newStyle("style-4")]) {
    await commitSteps(store, step);
    states.push(shownState(store));
  }
  const crashed = await folder.crash();
  const file = await readFile(crashed.file(SEGMENT));
  return { states, crashed, bytes: file.subarray(0, endOfLines(file)) };
}

describe("damage at every byte", () => {
  it.each([
    { name: "cut", roomBytes: 0 },
    { name: "not written on from", roomBytes: 600 },
  ])("S56 takes a journal $name at any byte for what was whole before it", async ({ roomBytes }) => {
    const { states, crashed, bytes } = await smallJournal();
    for (let size = 0; size <= bytes.length; size += 1) {
      await crashed.rot(SEGMENT, () => Buffer.concat([bytes.subarray(0, size), Buffer.alloc(roomBytes)]));
      const newlines = bytes.subarray(0, size).filter((byte) => byte === NEWLINE).length;
      // A line that lacks but its newline is whole.
      const whole = newlines + (bytes[size] === NEWLINE ? 1 : 0);
      const isTorn = size > 0 && bytes[size - 1] !== NEWLINE && bytes[size] !== NEWLINE;
      const recovery = await recovered(crashed);
      expect(recoveredState(recovery)).toEqual(states[whole]);
      expect(recovery.journal.headSeq).toBe(whole);
      expect(recovery.journal.torn).toHaveLength(isTorn ? 1 : 0);
      expect(recovery.journal.damaged).toEqual([]);
    }
  });

  it("S57 never passes over a flipped bit of the journal in silence", async () => {
    const { states, crashed, bytes } = await smallJournal();
    const lastStart = bytes.lastIndexOf(NEWLINE, -2) + 1;
    for (let at = 0; at < bytes.length; at += 1) {
      await crashed.rot(SEGMENT, () => flipped(at, at % 8)(bytes));
      const recovery = await recovered(crashed);
      const state = recoveredState(recovery);
      const { damaged, torn } = recovery.journal;
      if (bytes[at] === NEWLINE) {
        // Each checksum says where its line ends: nothing is lost.
        expect(state).toEqual(states[4]);
      } else if (at >= lastStart) {
        expect(state).toEqual(states[3]);
        expect([damaged.length, torn.length, recovery.lostCommits]).toEqual([0, 1, false]);
      } else {
        expect([damaged.length, torn.length, recovery.lostCommits]).toEqual([1, 0, true]);
        expect(Object.keys(state)).toHaveLength(3);
        expect(recovery.journal.headSeq).toBe(4);
      }
    }
  });

  it("S57 loses nothing to a flipped bit in the room after the last line", async () => {
    const { states, crashed, bytes } = await smallJournal();
    for (let at = 0; at < 64; at += 1) {
      await crashed.rot(SEGMENT, () =>
        flipped(bytes.length + at, at % 8)(Buffer.concat([bytes, Buffer.alloc(64)])),
      );
      const recovery = await recovered(crashed);
      expect(recoveredState(recovery)).toEqual(states[4]);
      expect([recovery.journal.damaged.length, recovery.lostCommits]).toEqual([0, false]);
    }
  });

  it("S53 has the same state whichever bit of a document flips, by the .backup and the journal", async () => {
    const store = await folder.open();
    await store.commit(byClient("client-0001", [{ ...newJob("job-1"), n: 1 }]));
    await store.checkpoint();
    await commitSteps(store, edit("jobs", "job-1", { progress: 0.25 }));
    await store.commit(
      byClient("client-0001", [{ ...edit("jobs", "job-1", { cancelRequested: true }), n: 2 }]),
    );
    await store.checkpoint();
    await commitSteps(store, edit("jobs", "job-1", { progress: 0.5 }));
    const crashed = await folder.crash();
    for (const name of ["jobs.json", "clients.json", "jobs.json.backup"]) {
      const bytes = await readFile(crashed.file(name));
      for (let at = 0; at < bytes.length; at += 1) {
        await crashed.rot(name, () => flipped(at, at % 8)(bytes));
        const { replayed, edits, documents, journal } = await recovered(crashed);
        expect(recoveredState({ replayed } as Recovery)).toEqual(shownState(store));
        expect(replayed.state.counters.get("jobs/")).toBe(1);
        expect(replayed.state.marks.get("client-0001")?.n).toBe(2);
        expect(journal.headSeq).toBe(4);
        const kind = documents.find(({ path }) => path === name)?.main.kind;
        if (name.endsWith(".backup")) continue;
        // A bit of the date itself makes it look saved by hand; what it holds is unchanged then.
        expect(["damaged", "edited"]).toContain(kind);
        if (kind === "edited" && name === "jobs.json") expect(edits).toHaveLength(1);
      }
      await crashed.rot(name, () => bytes);
    }
  });

  it("S53 says what it found, and ends with good files again", async () => {
    const store = await folder.open();
    await commitSteps(store, newJob("job-1"));
    await store.checkpoint();
    await commitSteps(store, edit("jobs", "job-1", { progress: 0.3 }));
    await store.checkpoint();
    const size = (await folder.text("jobs.json")).length;
    for (let at = 0; at < size; at += 67) {
      const crashed = await folder.crash();
      await crashed.rot("jobs.json", flipped(at, 5));
      const after = await crashed.open();
      expect(after.get("jobs", "job-1")?.progress).toBe(0.3);
      expect(findingCodes(after)).toHaveLength(1);
      await after.close();
      const again = await crashed.open();
      expect(again.get("jobs", "job-1")?.progress).toBe(0.3);
      expect(again.health().findings).toEqual([]);
    }
  });
});
