import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diffRecords, type Store } from "../../src/index.ts";
import {
  byClient,
  commitSteps,
  type ContractStore,
  edit,
  newJob,
  newStyle,
  type OpenContractStore,
} from "./contract-store.ts";
import { move, named, rename } from "./past-of-styles.ts";

/** What a store knows of its past. */
export function historyContract(open: OpenContractStore): void {
  describe("history", () => {
    let opened: ContractStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(async () => opened.dispose());

    const seqsOf = async (id: string, page: { limit?: number; before?: number } = {}) =>
      (await store.history.versions("styles", id, page)).versions.map(({ seq }) => seq);

    it("S100 lists every version of a record, newest first, with who made it and what it changed", async () => {
      await commitSteps(store, newStyle("style-1", "a"), newStyle("style-2"));
      await commitSteps(store, rename("style-2", "other"));
      await store.commit(byClient("client-0001", [{ ...rename("style-1", "b"), n: 1 }]));
      await commitSteps(store, move("delete", "style-1"));
      await commitSteps(store, move("restore", "style-1"), rename("style-1", "c"));
      await commitSteps(store, move("purge", "style-1"));
      await commitSteps(store, newStyle("style-1", "again"));
      const { versions, nextBefore } = await store.history.versions("styles", "style-1");
      expect(nextBefore).toBeUndefined();
      expect(versions.map(({ seq, op, by }) => `${seq} ${op} ${by}`)).toEqual([
        "7 create server",
        "6 purge server",
        "5 restore server",
        "4 delete server",
        "3 update client:client-0001",
        "1 create server",
      ]);
      expect(versions.map(({ record }) => record?.["name"])).toEqual([
        "again",
        undefined,
        "c",
        "b",
        "b",
        "a",
      ]);
      expect(versions.map(({ fields }) => fields.toSorted().join())).toEqual([
        "name",
        "",
        "deletedAt,name",
        "deletedAt",
        "name",
        "name",
      ]);
      expect(versions.every(({ at }) => new Date(at).toISOString() === at)).toBe(true);
      expect((await store.history.versions("styles", "nobody")).versions).toEqual([]);
    });

    it("S100 pages versions by their seq", async () => {
      await commitSteps(store, newStyle("style-1", "0"));
      for (let at = 1; at <= 4; at += 1) await commitSteps(store, rename("style-1", String(at)));
      const first = await store.history.versions("styles", "style-1", { limit: 2 });
      expect(first.versions.map(({ seq }) => seq)).toEqual([5, 4]);
      expect(first.nextBefore).toBe(4);
      expect(await seqsOf("style-1", { limit: 3, before: 4 })).toEqual([3, 2, 1]);
      const last = await store.history.versions("styles", "style-1", { limit: 3, before: 4 });
      expect(last.nextBefore).toBeUndefined();
      expect((await store.history.versionAt("styles", "style-1", 99))?.seq).toBe(5);
      expect((await store.history.versionAt("styles", "style-1", 3))?.record?.["name"]).toBe("2");
    });

    it("S101 marks what lost a conflict, and an edit that met the trash", async () => {
      await commitSteps(store, newStyle("style-1", "a"));
      await commitSteps(store, rename("style-1", "theirs"));
      await store.commit(
        byClient("client-0001", [{ ...rename("style-1", "mine"), was: { name: "a" }, n: 1 }]),
      );
      await commitSteps(store, move("delete", "style-1"));
      await store.commit(byClient("client-0001", [{ ...rename("style-1", "late"), n: 2 }]));
      const { versions } = await store.history.versions("styles", "style-1");
      expect(versions.map(({ conflict }) => conflict)).toEqual([
        { lost: {} },
        undefined,
        { lost: { name: "theirs" } },
        undefined,
        undefined,
      ]);
      const lostIn = async (after: number, to: number) => {
        const found: string[] = [];
        for await (const { seq, id, record, conflict } of store.history.conflicts({ after, to }))
          found.push(`${seq} ${id} ${JSON.stringify([record["name"], conflict.lost])}`);
        return found;
      };
      expect(await lostIn(0, 9)).toEqual(['3 style-1 ["mine",{"name":"theirs"}]', '5 style-1 ["late",{}]']);
      expect(await lostIn(3, 4)).toEqual([]);
      expect(await lostIn(2, 3)).toHaveLength(1);
    });

    it("S102 tells the difference between two versions", async () => {
      await commitSteps(store, newStyle("style-1", "a"));
      await commitSteps(store, edit("styles", "style-1", { name: "b", triggerWord: "bb" }));
      const record = async (seq: number) => (await store.history.versionAt("styles", "style-1", seq))?.record;
      expect(diffRecords(await record(1), await record(2))).toEqual({
        name: { before: "a", after: "b" },
        triggerWord: { after: "bb" },
      });
      expect(diffRecords(await record(2), undefined)).toMatchObject({ triggerWord: { before: "bb" } });
      expect(diffRecords(await record(2), await record(2))).toEqual({});
    });

    it("S103 tells every record as it was after a commit", async () => {
      await commitSteps(store, newStyle("style-1", "a"), newStyle("style-2", "quiet"), newStyle("style-3"));
      await commitSteps(store, rename("style-1", "b"), move("delete", "style-3"));
      await commitSteps(store, newStyle("style-4"), newJob("job-1"));
      await commitSteps(store, rename("style-1", "c"), move("purge", "style-3"));
      expect(await named(store.history.stateAt({ seq: 0 }))).toEqual({});
      expect(await named(store.history.stateAt({ seq: 1 }))).toEqual({
        "style-1": "1 a",
        "style-2": "1 quiet",
        "style-3": "1 style-3",
      });
      expect(await named(store.history.stateAt({ seq: 3 }, "styles"))).toEqual({
        "style-1": "2 b",
        "style-2": "1 quiet",
        "style-3": "2 style-3 (trash)",
        "style-4": "3 style-4",
      });
      expect(Object.keys(await named(store.history.stateAt({ seq: 99 }))).sort()).toEqual([
        "job-1",
        "style-1",
        "style-2",
        "style-4",
      ]);
    });

    it("S109 reaches back to the beginning as long as nothing was pruned", async () => {
      expect(await store.history.oldest()).toEqual({ seq: 0, at: undefined });
      await commitSteps(store, newStyle("style-1"));
      const [first] = (await store.history.versions("styles", "style-1")).versions;
      expect(await store.history.oldest()).toEqual({ seq: 0, at: first?.at });
    });
  });
}
