import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PublishedCommit, Store } from "../../src/index.ts";
import {
  commitSteps,
  type ContractStore,
  creation,
  edit,
  newJob,
  newStyle,
  type OpenContractStore,
  shownState,
} from "./contract-store.ts";

/** Reads, feeds and snapshots. */
export function readContract(open: OpenContractStore): void {
  describe("reads", () => {
    let opened: ContractStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => opened.dispose());

    const removal = (id: string) => ({ op: "delete", collection: "styles", id }) as const;
    const purge = (id: string) => ({ op: "purge", collection: "styles", id }) as const;

    it("S30 gives records, their text with keys in the order of the schema, and counts", async () => {
      await commitSteps(store, newJob("job-1", { prompt: "a fox" }), newJob("job-2"));
      const stored = store.getJson("jobs", "job-1");
      expect(stored).toMatchObject({ seq: 1, collection: "jobs", id: "job-1" });
      expect(JSON.parse(stored?.json ?? "")).toEqual(store.get("jobs", "job-1"));
      expect(stored?.json.startsWith('{"id":"job-1","rev":1,"createdAt":"')).toBe(true);
      expect(store.count("jobs")).toBe(2);
      expect([...store.scan("jobs")].map(({ id }) => id).sort()).toEqual(["job-1", "job-2"]);
      expect(store.get("jobs", "nobody")).toBeUndefined();
      expect(store.getJson("jobs", "nobody")).toBeUndefined();
    });

    it("S31 keeps a deleted record in the trash, readable and restorable", async () => {
      await commitSteps(store, newStyle("style-1"));
      await commitSteps(store, removal("style-1"));
      expect(store.get("styles", "style-1")?.deletedAt).toBeTypeOf("string");
      expect(store.count("styles")).toBe(1);
      await commitSteps(store, { op: "restore", collection: "styles", id: "style-1" });
      expect(store.get("styles", "style-1")).toMatchObject({ rev: 3 });
      expect(store.get("styles", "style-1")?.deletedAt).toBeUndefined();
    });

    it("S32 purges a record for good and leaves a tombstone in the feed", async () => {
      await commitSteps(store, newStyle("style-1"));
      const { results } = await commitSteps(store, purge("style-1"));
      expect(results).toEqual([{ status: "applied", seq: 2, record: undefined }]);
      expect(store.get("styles", "style-1")).toBeUndefined();
      expect(store.count("styles")).toBe(0);
      expect(store.changesSince(1, 10)?.changes).toEqual([
        { seq: 2, collection: "styles", id: "style-1", op: "purge", json: undefined, conflict: undefined },
      ]);
      const again = await commitSteps(store, purge("style-1"));
      expect(again.results[0]?.status).toBe("unchanged");
      await commitSteps(store, newStyle("style-1", "new"));
      expect(store.changesSince(1, 10)?.changes).toMatchObject([{ seq: 3, op: "create" }]);
    });

    it("S33 feeds the latest state of each record, oldest change first, whole commits only", async () => {
      await commitSteps(store, newStyle("style-1"), newStyle("style-2"), newStyle("style-3"));
      await commitSteps(store, edit("styles", "style-2", { name: "b" }));
      await commitSteps(store, newStyle("style-4"));
      const page = store.changesSince(0, 1);
      expect(page?.changes.map(({ id }) => id)).toEqual(["style-1", "style-3"]);
      expect(page).toMatchObject({ seq: 1, more: true });
      const next = store.changesSince(1, 1);
      expect(next?.changes.map(({ id, op }) => [id, op])).toEqual([["style-2", "update"]]);
      expect(next).toMatchObject({ seq: 2, more: true });
      expect(store.changesSince(2, 10)).toMatchObject({ seq: 3, more: false });
      expect(store.changesSince(3, 10)).toEqual({ changes: [], seq: 3, more: false });
    });

    it("S33 tells of a conflict with the change", async () => {
      await commitSteps(store, newStyle("style-1", "a"));
      await commitSteps(store, edit("styles", "style-1", { name: "b" }));
      await commitSteps(store, edit("styles", "style-1", { name: "c" }, { was: { name: "a" } }));
      expect(store.changesSince(2, 10)?.changes).toMatchObject([{ conflict: { lost: { name: "b" } } }]);
    });

    it("S34 gives a snapshot of one moment, newest change first, also in parts", async () => {
      await commitSteps(store, newStyle("style-1"));
      await commitSteps(store, newStyle("style-2"));
      await commitSteps(store, edit("styles", "style-1", { name: "b" }));
      await commitSteps(store, newStyle("style-3"));
      await commitSteps(store, purge("style-3"));
      const snapshot = store.snapshot();
      await commitSteps(store, edit("styles", "style-2", { name: "later" }), newStyle("style-4"));
      expect(snapshot.cursor.seq).toBe(5);
      expect(snapshot.total).toBe(2);
      expect([...snapshot.records()].map(({ id, seq }) => [id, seq])).toEqual([
        ["style-1", 3],
        ["style-2", 2],
      ]);
      expect([...store.snapshot(6).records()].map(({ id }) => id)).toEqual(["style-1"]);
      expect([...store.snapshot(3).records()]).toEqual([]);
    });

    it("S34 builds the same state from a snapshot as from the feed", async () => {
      for (let at = 0; at < 40; at += 1) {
        await commitSteps(store, newStyle(`style-${at}`));
        if (at % 3 === 0) await commitSteps(store, edit("styles", `style-${at}`, { name: `n${at}` }));
        if (at % 7 === 0) await commitSteps(store, purge(`style-${at}`));
      }
      const fed: Record<string, string> = {};
      let since = 0;
      for (let more = true; more;) {
        const page = store.changesSince(since, 5);
        for (const { collection, id, seq, json } of page?.changes ?? []) {
          if (json === undefined) delete fed[`${collection}/${id}`];
          else fed[`${collection}/${id}`] = `${seq} ${json}`;
        }
        since = page?.seq ?? 0;
        more = page?.more ?? false;
      }
      expect(fed).toEqual(shownState(store));
    });

    it("S35 publishes each durable commit once, in order, with whole records", async () => {
      const seen: PublishedCommit[] = [];
      const unsubscribe = store.subscribe((commit) => seen.push(commit));
      await Promise.all([
        commitSteps(store, newStyle("style-1", "Ink"), creation("boards", "board-1", { name: "B" })),
        commitSteps(store, edit("styles", "style-1", { name: "Wash" })),
        commitSteps(store, purge("style-1")),
      ]);
      unsubscribe();
      await commitSteps(store, newStyle("style-2"));
      expect(seen.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(seen[0]).toMatchObject({
        by: "server",
        changes: [
          { seq: 1, collection: "styles", op: "create", record: { name: "Ink", rev: 1 } },
          { seq: 1, collection: "boards", op: "create", record: { name: "B" } },
        ],
      });
      expect(seen[1]?.changes[0]).toMatchObject({ op: "update", record: { name: "Wash", rev: 2 } });
      expect(seen[2]?.changes).toEqual([{ seq: 3, collection: "styles", id: "style-1", op: "purge" }]);
    });

    it("S35 takes what a subscriber commits while it is told", async () => {
      const followed = new Promise((resolve, reject) => {
        store.subscribe(({ seq }) => {
          if (seq === 1) commitSteps(store, newStyle("style-2")).then(resolve, reject);
        });
      });
      await commitSteps(store, newStyle("style-1"));
      await followed;
      expect(store.cursor().seq).toBe(2);
    });

    it("S35 goes on when a subscriber throws, and says so in its health", async () => {
      const seen: number[] = [];
      store.subscribe(() => {
        throw new Error("broken subscriber");
      });
      store.subscribe(({ seq }) => seen.push(seq));
      await commitSteps(store, newStyle("style-1"));
      expect(seen).toEqual([1]);
      expect(store.health().findings.map(({ code }) => code)).toContain("subscriber.failed");
    });
  });
}
