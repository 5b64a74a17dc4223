import { cp, rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commitSteps, newStyle } from "../contract/contract-store.ts";
import { type DataFolder, dataFolder } from "../data-folder.ts";
import { runScript, type ScriptProcess } from "./child-process.ts";

describe("faults of processes", () => {
  let folder: DataFolder;
  let children: ScriptProcess[];
  beforeEach(async () => {
    folder = await dataFolder();
    children = [];
  });
  afterEach(async () => {
    for (const { process: child, ended } of children) {
      child.kill("SIGKILL");
      await ended;
    }
    await folder.dispose();
  });

  function run(name: string): ScriptProcess {
    const child = runScript(name, [folder.path]);
    children.push(child);
    return child;
  }

  it("16 a second process is refused, and the holder named", async () => {
    const holder = run("holder-child.ts");
    await holder.line((line) => line === "open");
    await expect(folder.open()).rejects.toMatchObject({
      code: "store.locked",
      message: expect.stringContaining(`process ${holder.process.pid} `),
    });
    holder.process.stdin?.write("style-1\n");
    expect(await holder.line(() => true)).toBe("done style-1");
    holder.process.kill("SIGKILL");
    await holder.ended;
    const store = await folder.open();
    expect(store.get("styles", "style-1")).toBeDefined();
  });

  it("17 a holder that stood still while its lock was taken notices and stops writing", async () => {
    const holder = run("holder-child.ts");
    await holder.line((line) => line === "open");
    holder.process.stdin?.write("style-1\n");
    await holder.line((line) => line === "done style-1");
    holder.process.kill("SIGSTOP");
    await expect(folder.open()).rejects.toMatchObject({ code: "store.locked" });
    // A person who believes that it is dead takes its lock away.
    await rm(folder.file("lock"));
    const store = await folder.open();
    await commitSteps(store, newStyle("style-2"));
    holder.process.stdin?.write("style-3\nstyle-4\n");
    holder.process.kill("SIGCONT");
    expect(await holder.line(() => true)).toBe("refused store.lock-lost");
    expect(await holder.line(() => true)).toBe("refused store.lock-lost");
    await commitSteps(store, newStyle("style-5"));
    await store.checkpoint();
    await store.close();
    const after = await folder.open();
    expect([...after.scan("styles")].map(({ id }) => id)).toEqual(["style-1", "style-2", "style-5"]);
    expect(after.health().state).toBe("ok");
  });

  it("18 a stale lock is taken over, though its process id is in use again", async () => {
    const holder = run("holder-child.ts");
    await holder.line((line) => line === "open");
    holder.process.stdin?.write("style-1\n");
    await holder.line((line) => line === "done style-1");
    const left = await dataFolder();
    try {
      // The folder as it would come back after the machine went down: with the files of a lock that nobody holds.
      await cp(folder.path, left.path, { recursive: true });
      const holderNote = { pid: process.pid, host: "elsewhere", since: "2026-01-01T00:00:00.000Z" };
      await writeFile(left.file("lock.json"), JSON.stringify(holderNote));
      const store = await left.open();
      expect(store.get("styles", "style-1")).toBeDefined();
      expect(JSON.parse(await left.text("lock.json"))).toMatchObject({ pid: process.pid });
      expect(await left.text("lock.json")).not.toContain("elsewhere");
    } finally {
      await left.dispose();
    }
  });
});
