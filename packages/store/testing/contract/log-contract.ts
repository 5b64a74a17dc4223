import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import { commitSteps, type ContractStore, newJob, type OpenContractStore } from "./contract-store.ts";

/** What happened to jobs. */
export function logContract(open: OpenContractStore): void {
  describe("logs", () => {
    let opened: ContractStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      await commitSteps(store, newJob("job-1"));
    });
    afterEach(async () => opened.dispose());

    it("S46 are read by offset, in the order of the appends", async () => {
      expect(await store.logs.read("job-1")).toEqual({ lines: [], nextOffset: 0, size: 0 });
      await Promise.all([
        store.logs.append("job-1", { kind: "a" }),
        store.logs.append("job-1", { kind: "b", message: "é\n漢" }, { kind: "c" }),
      ]);
      const first = await store.logs.read("job-1");
      expect(first.lines).toEqual([{ kind: "a" }, { kind: "b", message: "é\n漢" }, { kind: "c" }]);
      expect(first.nextOffset).toBe(first.size);
      await store.logs.append("job-1", { kind: "d" });
      expect((await store.logs.read("job-1", first.nextOffset)).lines).toEqual([{ kind: "d" }]);
      expect((await store.logs.read("job-1", 1e9)).lines).toEqual([]);
    });

    it("S46 give whole lines only, from any offset", async () => {
      await store.logs.append("job-1", { kind: "first" }, { kind: "second" });
      const { size } = await store.logs.read("job-1");
      const second = '{"kind":"second"}\n'.length;
      for (let after = 1; after <= size; after += 1) {
        const page = await store.logs.read("job-1", after);
        expect(page.lines).toEqual(after <= size - second ? [{ kind: "second" }] : []);
        expect(page.nextOffset).toBe(size);
      }
    });

    it("S46 come in pages, and a line longer than a page comes whole", async () => {
      const long = { kind: "long", message: "x".repeat(400_000) };
      const lines = Array.from({ length: 2000 }, (_, at) => ({ kind: "step", message: `${at}`.repeat(50) }));
      await store.logs.append("job-1", ...lines, long, { kind: "end" });
      const read: unknown[] = [];
      let pages = 0;
      for (let after = 0; ; pages += 1) {
        const page = await store.logs.read("job-1", after);
        read.push(...page.lines);
        after = page.nextOffset;
        if (after === page.size) break;
      }
      expect(read).toEqual([...lines, long, { kind: "end" }]);
      expect(pages).toBeGreaterThan(1);
    });

    it("S47 are cut at their limit, and the last line says so", async () => {
      const line = { kind: "step", message: "x".repeat(100_000) };
      for (let at = 0; at < 60; at += 1) await store.logs.append("job-1", line);
      const { size } = await store.logs.read("job-1");
      expect(size).toBeLessThanOrEqual(5 * 1024 * 1024);
      expect(size).toBeGreaterThan(5 * 1024 * 1024 - 110_000);
      const { lines } = await store.logs.read("job-1", size - 1000);
      expect(lines).toEqual([
        { kind: "cut", at: expect.any(String), message: expect.stringContaining("5 MB") },
      ]);
      await store.logs.append("job-1", { kind: "small" });
      expect((await store.logs.read("job-1")).size).toBe(size);
    });

    it("S48 are of jobs that are there, and go when these are purged", async () => {
      for (const id of ["job-9", "../job-1", "", "a/b"]) {
        await store.logs.append(id, { kind: "a" });
        expect(await store.logs.read(id)).toEqual({ lines: [], nextOffset: 0, size: 0 });
      }
      await store.logs.append("job-1", { kind: "a" });
      await commitSteps(store, { op: "delete", collection: "jobs", id: "job-1" });
      expect((await store.logs.read("job-1")).lines).toHaveLength(1);
      await commitSteps(store, { op: "purge", collection: "jobs", id: "job-1" });
      await store.logs.append("job-1", { kind: "b" });
      expect((await store.logs.read("job-1")).lines).toEqual([]);
    });

    it("S48 are removed when that is asked for, and can begin again", async () => {
      await store.logs.append("job-1", { kind: "a" });
      await store.logs.remove("job-1");
      await store.logs.remove("job-1");
      expect((await store.logs.read("job-1")).size).toBe(0);
      await store.logs.append("job-1", { kind: "b" });
      expect((await store.logs.read("job-1")).lines).toEqual([{ kind: "b" }]);
    });
  });
}
