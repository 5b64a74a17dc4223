import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import {
  byClient,
  commitSteps,
  type ContractStore,
  creation,
  edit,
  newJob,
  newStyle,
  type OpenContractStore,
} from "./contract-store.ts";
import { live, move, named, rename } from "./past-of-styles.ts";

/** How a store goes back to what it was. */
export function goingBackContract(open: OpenContractStore): void {
  describe("going back", () => {
    let opened: ContractStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(async () => opened.dispose());

    const rewind = (seq: number, more: Partial<Parameters<typeof store.history.rewind>[0]> = {}) =>
      store.history.rewind({ to: { seq }, by: "test", ...more });

    it("S104 gives a record the state of one of its versions as a new change, out of the trash", async () => {
      await commitSteps(store, edit("styles", "style-1", { name: "a", triggerWord: "t" }, { op: "create" }));
      await commitSteps(store, edit("styles", "style-1", { name: "b", triggerWord: null, description: "n" }));
      await commitSteps(store, move("delete", "style-1"));
      const { seq, record } = await store.history.restore({
        collection: "styles",
        id: "style-1",
        seq: 1,
        by: "test",
      });
      expect(seq).toBe(4);
      expect(record).toMatchObject({ name: "a", triggerWord: "t", rev: 5 });
      expect(record).not.toHaveProperty("deletedAt");
      expect(record).not.toHaveProperty("description");
      const { versions } = await store.history.versions("styles", "style-1");
      expect(versions.map((version) => version.seq)).toEqual([4, 3, 2, 1]);
      const again = await store.history.restore({ collection: "styles", id: "style-1", seq: 1, by: "test" });
      expect(again).toMatchObject({ seq: 4, record: { rev: 5 } });
    });

    it("S104 brings a purged record back with its number and the time of its making", async () => {
      await commitSteps(
        store,
        newJob("job-1", { status: "succeeded", createdAt: "2026-01-01T00:00:00.000Z" }),
      );
      await commitSteps(store, newJob("job-2"), move("purge", "job-1", "jobs"));
      await store.history.restore({ collection: "jobs", id: "job-1", seq: 1, by: "test" });
      expect(store.get("jobs", "job-1")).toMatchObject({
        number: 1,
        status: "succeeded",
        createdAt: "2026-01-01T00:00:00.000Z",
      });
      expect(store.lastNumber("jobs")).toBe(2);
    });

    it("S104 refuses what is not in the history", async () => {
      await commitSteps(store, newStyle("style-1"));
      await commitSteps(store, move("purge", "style-1"));
      const restore = (id: string, seq: number) =>
        store.history.restore({ collection: "styles", id, seq, by: "test" });
      await expect(restore("style-1", 2)).rejects.toMatchObject({ code: "history.missing" });
      await expect(restore("nobody", 2)).rejects.toMatchObject({ code: "history.missing" });
      expect(store.cursor().seq).toBe(2);
    });

    it("S105 sets the values that lost a conflict on the record as it is now", async () => {
      await commitSteps(store, newStyle("style-1", "a"));
      await commitSteps(store, rename("style-1", "theirs"));
      await store.commit(
        byClient("client-0001", [{ ...rename("style-1", "mine"), was: { name: "a" }, n: 1 }]),
      );
      await commitSteps(store, edit("styles", "style-1", { triggerWord: "later" }));
      const lost = { collection: "styles", id: "style-1", take: "lost", by: "test" } as const;
      const { record } = await store.history.restore({ ...lost, seq: 3 });
      expect(record).toMatchObject({ name: "theirs", triggerWord: "later" });
      await expect(store.history.restore({ ...lost, seq: 2 })).rejects.toMatchObject({
        code: "history.missing",
      });
    });

    it("S106 rewinds the studio or one collection to a commit, and the rewind itself", async () => {
      await commitSteps(store, newStyle("style-1", "a"), newStyle("style-2"), newStyle("style-3"));
      await commitSteps(store, creation("boards", "board-1", { name: "B" }), rename("style-1", "b"));
      await commitSteps(store, move("delete", "style-2"), move("purge", "style-3"), newStyle("style-4"));
      const before = await named(store.history.stateAt({ seq: 3 }));
      expect(await rewind(1, { collection: "styles" })).toMatchObject({
        to: 1,
        from: 3,
        changed: 4,
        unchanged: 0,
        skippedCount: 0,
      });
      expect(live(store)).toEqual({ "style-1": "a", "style-2": "style-2", "style-3": "style-3" });
      expect(store.get("styles", "style-4")?.deletedAt).toBeDefined();
      expect(store.get("boards", "board-1")?.name).toBe("B");
      await rewind(3);
      expect(live(store)).toEqual({ "style-1": "b", "style-4": "style-4" });
      expect(store.get("styles", "style-2")?.deletedAt).toBeDefined();
      expect(await named(store.history.stateAt({ seq: 3 }))).toEqual(before);
    });

    it("S106 tells what a rewind would do without doing it", async () => {
      await commitSteps(store, newStyle("style-1", "a"));
      await commitSteps(store, rename("style-1", "b"), newStyle("style-2"));
      expect(await rewind(1, { dryRun: true })).toMatchObject({ to: 1, from: 2, seq: 2, changed: 2 });
      expect(store.cursor().seq).toBe(2);
      expect(live(store)).toEqual({ "style-1": "b", "style-2": "style-2" });
      expect(await rewind(99)).toMatchObject({ to: 2, changed: 0, unchanged: 0 });
    });

    it("S106 rewinds to a time: after the last commit that is not later", async () => {
      await commitSteps(store, newStyle("style-1", "a"));
      const [first] = (await store.history.versions("styles", "style-1")).versions;
      const after = Date.parse(first?.at ?? "") + 1;
      while (Date.now() <= after) await new Promise((resolve) => void setTimeout(resolve, 1));
      await commitSteps(store, rename("style-1", "b"));
      await store.history.rewind({ to: { at: new Date(after).toISOString() }, by: "test" });
      expect(live(store)).toEqual({ "style-1": "a" });
      await store.history.rewind({ to: { at: "2000-01-01T00:00:00.000Z" }, by: "test" });
      expect(live(store)).toEqual({});
    });

    it("S107 goes back in commits of bounded size", async () => {
      const ids = Array.from({ length: 250 }, (_, at) => `style-${at}`);
      await commitSteps(store, ...ids.map((id) => newStyle(id, "a")));
      await commitSteps(store, ...ids.map((id) => rename(id, "b")));
      const sizes: number[] = [];
      store.subscribe(({ changes }) => void sizes.push(changes.length));
      expect(await rewind(1)).toMatchObject({ changed: 250, seq: 5 });
      expect(sizes).toEqual([100, 100, 50]);
      expect(new Set(Object.values(live(store)))).toEqual(new Set(["a"]));
    });

    it("S107 stops between two commits when it is told to", async () => {
      const ids = Array.from({ length: 150 }, (_, at) => `style-${at}`);
      await commitSteps(store, ...ids.map((id) => newStyle(id, "a")));
      await commitSteps(store, ...ids.map((id) => rename(id, "b")));
      const stopping = new AbortController();
      store.subscribe(() => stopping.abort());
      await expect(rewind(1, { signal: stopping.signal })).rejects.toMatchObject({ name: "AbortError" });
      expect(store.cursor().seq).toBe(3);
    });

    it("S108 never sets a job to work again, and says so", async () => {
      const active = { status: "running", progress: 0.5, remote: { id: "run" } };
      await commitSteps(
        store,
        newJob("job-1", active),
        newJob("job-2", active),
        newJob("job-3", active),
        newJob("job-4", { status: "failed", charge: { state: "estimated", usd: 1 } }),
      );
      await commitSteps(
        store,
        edit("jobs", "job-1", {
          status: "succeeded",
          progress: 1,
          results: ["img-1"],
          cancelRequested: true,
        }),
        edit("jobs", "job-2", { progress: 0.75 }),
        move("purge", "job-3", "jobs"),
        edit("jobs", "job-4", { status: "succeeded", charge: { state: "reported", usd: 2 } }),
        newJob("job-5"),
        newJob("job-6", { status: "succeeded" }),
      );
      const { skipped, changed } = await rewind(1);
      expect(Object.fromEntries(skipped.map(({ id, code }) => [id, code]))).toEqual({
        "job-1": "job.finished",
        "job-2": "job.active",
        "job-3": "job.unknown",
        "job-5": "job.active",
      });
      expect(changed).toBe(4);
      expect(store.get("jobs", "job-1")).toMatchObject({ status: "succeeded", results: ["img-1"] });
      expect(store.get("jobs", "job-1")).not.toHaveProperty("cancelRequested");
      expect(store.get("jobs", "job-2")).toMatchObject({ status: "running", progress: 0.75, rev: 2 });
      expect(store.get("jobs", "job-3")).toMatchObject({
        status: "unknown",
        number: 3,
        remote: { id: "run" },
      });
      expect(store.get("jobs", "job-4")).toMatchObject({
        status: "failed",
        charge: { state: "reported", usd: 2 },
      });
      expect(store.get("jobs", "job-5")).toMatchObject({ status: "queued", rev: 1 });
      expect(store.get("jobs", "job-6")?.deletedAt).toBeDefined();
      await expect(
        store.history.restore({ collection: "jobs", id: "job-2", seq: 1, by: "test" }),
      ).rejects.toMatchObject({ code: "restore.refused" });
    });
  });
}
