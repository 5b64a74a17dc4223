import { readFile, stat, symlink, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commitSteps, newJob } from "../../testing/contract/contract-store.ts";
import { type FaultFolder, faultFolder } from "../../testing/faults/fault-folder.ts";
import type { Store } from "../index.ts";

describe("logs of jobs in files", () => {
  let disk: FaultFolder;
  let store: Store;
  beforeEach(async () => {
    disk = await faultFolder();
    store = await disk.open();
    await commitSteps(store, newJob("job-1"));
  });
  afterEach(async () => disk.dispose());

  const text = () => readFile(disk.folder.file("logs/job-1.ndjson"), "utf8");
  const a = { kind: "a" };
  const b = { kind: "b" };

  async function reopen(): Promise<void> {
    await store.close();
    store = await disk.open();
  }

  it("S98 are plain lines for their owner alone, and go on after a restart", async () => {
    await store.logs.append("job-1", a);
    await reopen();
    await store.logs.append("job-1", b);
    expect(await text()).toBe('{"kind":"a"}\n{"kind":"b"}\n');
    expect((await stat(disk.folder.file("logs/job-1.ndjson"))).mode & 0o777).toBe(0o600);
  });

  it("S98 lose a torn last line, wherever it was torn, before the next one is added", async () => {
    const torn = '{"kind":"torn"}';
    for (let at = 1; at <= torn.length; at += 1) {
      await writeFile(disk.folder.file("logs/job-1.ndjson"), `{"kind":"a"}\n${torn.slice(0, at)}`);
      await reopen();
      const before = await store.logs.read("job-1");
      expect(before).toMatchObject({ lines: [a], nextOffset: 13 });
      await store.logs.append("job-1", b);
      expect((await store.logs.read("job-1", before.nextOffset)).lines).toEqual([b]);
    }
  });

  it("S98 tell of a line that is damaged, and give those around it", async () => {
    await store.logs.append("job-1", a, b, a);
    const damaged = (await text()).replace('{"kind":"b"}', "\0\0\0\0\0\0\0\0\0\0\0\0");
    await writeFile(disk.folder.file("logs/job-1.ndjson"), damaged);
    expect((await store.logs.read("job-1")).lines).toEqual([a, { kind: "unreadable" }, a]);
  });

  it("S47 stay cut after a restart", async () => {
    await store.logs.append("job-1", { kind: "long", message: "x".repeat(6_000_000) });
    const cut = await text();
    expect(cut).toContain('"kind":"cut"');
    await reopen();
    await store.logs.append("job-1", a);
    expect(await text()).toBe(cut);
  });

  it("S99 fail alone when the disk is full, and go on from the last whole line", async () => {
    await store.logs.append("job-1", a);
    disk.faults.strike({ call: "write", path: /^logs\//, code: "ENOSPC", times: 1, happens: true });
    await expect(store.logs.append("job-1", b)).rejects.toMatchObject({ code: "store.full" });
    expect(store.health().state).toBe("ok");
    await store.logs.append("job-1", { kind: "c" });
    expect((await store.logs.read("job-1")).lines.at(-1)).toEqual({ kind: "c" });
  });

  it("S99 of a purged job are removed at the next start at the latest", async () => {
    await store.logs.append("job-1", a);
    disk.faults.strike({ call: "remove", path: /^logs\//, code: "EIO" });
    await commitSteps(store, { op: "purge", collection: "jobs", id: "job-1" });
    const crashed = await disk.folder.crash();
    expect(await crashed.names("logs")).toEqual(["job-1.ndjson"]);
    const after = await crashed.open();
    await after.close();
    expect(await crashed.names("logs")).toEqual([]);
  });

  it("27 are not written through a link that leads out of the folder", async () => {
    const outside = await disk.folder.crash();
    await outside.write("victim.txt", "untouched");
    await symlink(outside.file("victim.txt"), disk.folder.file("logs/job-1.ndjson"));
    await expect(store.logs.append("job-1", a)).rejects.toThrow("not a file");
    expect(await outside.text("victim.txt")).toBe("untouched");
  });
});
