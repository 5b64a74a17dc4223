import { describe, expect, it } from "vitest";
import type { FsPort } from "../../src/fs/fs-port.ts";
import { createCrashDisk } from "./crash-disk.ts";
import { crashStates } from "./crash-states.ts";
import { fingerprint } from "./disk-image.ts";

/** All contents that `name` may have after a crash in `work`; `undefined` where it is missing. */
async function contentsAfterCrash(name: string, work: (fs: FsPort) => Promise<void>, maxPerEvent = 256) {
  const disk = createCrashDisk({ realFolder: "/nowhere" });
  await work(disk);
  const { image, events } = disk;
  const found = new Set<string | undefined>();
  const last = new Set<string | undefined>();
  for (const state of crashStates({ image, events, maxPerEvent, seed: 1 })) {
    const node = state.image.names.get(name);
    const content = node === undefined ? undefined : state.image.nodes.get(node)?.bytes.toString();
    found.add(content);
    if (state.at === events.length) last.add(content);
  }
  return { found, last };
}

async function writeFile(fs: FsPort, name: string, text: string, options: { sync: boolean }): Promise<void> {
  const file = await fs.open(name, "fresh");
  await file.write(Buffer.from(text), 0);
  if (options.sync) await file.sync();
  await file.close();
}

describe("the crash disk", () => {
  it("loses a file's bytes, its name or both while nothing is synced", async () => {
    const { last } = await contentsAfterCrash("a", (fs) => writeFile(fs, "a", "hello", { sync: false }));
    expect(last).toEqual(new Set(["hello", "", "\0\0\0\0\0", "h", "he", "hell", undefined]));
  });

  it("may lose the name of a synced file until its folder is synced", async () => {
    const { last } = await contentsAfterCrash("a", (fs) => writeFile(fs, "a", "hello", { sync: true }));
    expect(last).toEqual(new Set(["hello", undefined]));
    const synced = await contentsAfterCrash("a", async (fs) => {
      await writeFile(fs, "a", "hello", { sync: true });
      await fs.syncFolder(".");
    });
    expect(synced.last).toEqual(new Set(["hello"]));
  });

  it("shows the empty file of a rename that overtook its bytes", async () => {
    const replaced = async (fs: FsPort, sync: boolean) => {
      await writeFile(fs, "a", "old", { sync: true });
      await fs.syncFolder(".");
      await writeFile(fs, "a.tmp", "new", { sync });
      await fs.rename("a.tmp", "a");
    };
    const careless = await contentsAfterCrash("a", (fs) => replaced(fs, false));
    expect(careless.last).toContain("");
    const careful = await contentsAfterCrash("a", (fs) => replaced(fs, true));
    expect(careful.last).toEqual(new Set(["old", "new"]));
  });

  it("keeps a journal's write once it returned, and tears it before", async () => {
    const { found, last } = await contentsAfterCrash("j", async (fs) => {
      const file = await fs.open("j", "journal");
      await fs.syncFolder(".");
      await file.write(Buffer.from("one."), 0);
      await file.write(Buffer.from("two."), 4);
    });
    expect(last).toEqual(new Set(["one.two."]));
    expect(found).toEqual(
      new Set([
        undefined,
        "",
        "\0\0\0\0",
        "o",
        "on",
        "one",
        "one.",
        "one.\0\0\0\0",
        "one.t",
        "one.tw",
        "one.two",
        "one.two.",
      ]),
    );
  });

  it("loses one page of a write and keeps the next, with a hole between", async () => {
    const text = "a".repeat(4096) + "b".repeat(10);
    const { found } = await contentsAfterCrash("j", async (fs) => {
      const file = await fs.open("j", "journal");
      await file.write(Buffer.from(text), 0);
    });
    expect(found).toContain("\0".repeat(4096) + "b".repeat(10));
    expect(found).toContain("a".repeat(4096));
  });

  it("never loses a file that moves between folders", async () => {
    const disk = createCrashDisk({ realFolder: "/nowhere" });
    await disk.makeFolder("from");
    await disk.makeFolder("to");
    await writeFile(disk, "from/a", "hello", { sync: true });
    await disk.syncFolder("from");
    await disk.syncFolder(".");
    await disk.rename("from/a", "to/a");
    const { image, events } = disk;
    for (const state of crashStates({ image, events, maxPerEvent: 256, seed: 1 })) {
      if (state.at < events.length) continue;
      const { names } = state.image;
      expect(names.has("from/a") || names.has("to/a")).toBe(true);
    }
  });

  it("starts again from what a crash left, hard links included", async () => {
    const disk = createCrashDisk({ realFolder: "/nowhere" });
    await writeFile(disk, "a", "one", { sync: true });
    await disk.link("a", "b");
    await disk.syncFolder(".");
    const { image, events } = disk;
    const after = [...crashStates({ image, events, maxPerEvent: 16, seed: 1 })].at(-1)?.image;
    const again = createCrashDisk({ realFolder: "/nowhere", ...(after && { image: after }) });
    expect((await again.info("a"))?.inode).toBe((await again.info("b"))?.inode);
    await writeFile(again, "a", "two", { sync: true });
    expect((await again.readFile("b")).toString()).toBe("two");
    expect(after?.nodes.get(after.names.get("b") ?? -1)?.bytes.toString()).toBe("one");
  });

  it("tells images apart by content, names and links, not by node numbers", async () => {
    const bytes = Buffer.from("x");
    const file = (mtimeMs = 1) => ({ kind: "file", bytes, mtimeMs }) as const;
    const base = fingerprint({ nodes: new Map([[7, file()]]), names: new Map([["a", 7]]) });
    expect(fingerprint({ nodes: new Map([[9, file()]]), names: new Map([["a", 9]]) })).toBe(base);
    expect(fingerprint({ nodes: new Map([[7, file(2)]]), names: new Map([["a", 7]]) })).not.toBe(base);
    expect(fingerprint({ nodes: new Map([[7, file()]]), names: new Map([["b", 7]]) })).not.toBe(base);
  });

  it("draws the same combinations for the same seed", () => {
    const events = Array.from({ length: 12 }, (_, at) => ({
      type: "step" as const,
      step: { kind: "write" as const, node: 1, position: at * 4096, bytes: Buffer.from(`page ${at}`) },
    }));
    const image = {
      nodes: new Map([[1, { kind: "file" as const, bytes: Buffer.alloc(0), mtimeMs: 1 }]]),
      names: new Map([["a", 1]]),
    };
    const run = () =>
      [...crashStates({ image, events, maxPerEvent: 64, seed: 5 })].map((state) => fingerprint(state.image));
    expect(run()).toEqual(run());
    expect(new Set(run()).size).toBeGreaterThan(300);
  });
});
