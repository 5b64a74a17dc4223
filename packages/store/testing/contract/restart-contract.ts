import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import {
  byClient,
  chunksOf,
  commitSteps,
  type ContractStore,
  edit,
  newJob,
  newStyle,
  outcomes,
  shownState,
} from "./contract-store.ts";

/** A store under test that outlives its process. */
export interface DurableContractStore extends ContractStore {
  /** Closes the store and opens another on the same data. */
  readonly reopen: () => Promise<Store>;
}

/** What a store that outlives its process still knows after a restart. */
export function restartContract(open: () => Promise<DurableContractStore>): void {
  describe("restarts", () => {
    let opened: DurableContractStore;
    let store: Store;
    let reopen: () => Promise<Store>;
    beforeEach(async () => {
      opened = await open();
      ({ store, reopen } = opened);
    });
    afterEach(async () => opened.dispose());

    const removal = (id: string) => ({ op: "delete", collection: "styles", id }) as const;
    const push = [
      { ...newStyle("style-1", "Ink"), n: 1 },
      { ...edit("styles", "nobody", { name: "x" }), n: 2 },
      { ...newStyle("style-2"), n: 3 },
    ];

    it("S23 keeps places and refusals across a restart", async () => {
      await store.commit(byClient("client-0001", push));
      let after = await reopen();
      expect(outcomes((await after.commit(byClient("client-0001", push))).results)).toEqual([
        "duplicate",
        "record.missing",
        "duplicate",
      ]);
      await after.checkpoint();
      after = await reopen();
      expect(outcomes((await after.commit(byClient("client-0001", push))).results)).toEqual([
        "duplicate",
        "record.missing",
        "duplicate",
      ]);
    });

    it("S36 shows the same after a restart, without or with a checkpoint before", async () => {
      await commitSteps(store, newJob("job-1"), newStyle("style-1"), newStyle("style-2"));
      await commitSteps(store, edit("styles", "style-1", { name: "é 漢 \u2028 😀" }), removal("style-2"));
      await commitSteps(store, newJob("job-2"));
      await commitSteps(store, { op: "purge", collection: "jobs", id: "job-2" });
      const before = shownState(store);
      const { epoch } = store.cursor();
      const { savedAt } = store.health();
      let after = await reopen();
      expect(shownState(after)).toEqual(before);
      expect(after.cursor()).toEqual({ epoch, seq: 4 });
      expect(after.health().savedAt).toBe(savedAt);
      expect(after.lastNumber("jobs")).toBe(2);
      expect(after.changesSince(3, 10)?.changes).toMatchObject([{ op: "purge", id: "job-2" }]);
      await after.checkpoint();
      after = await reopen();
      expect(shownState(after)).toEqual(before);
      expect(after.health()).toMatchObject({ state: "ok", findings: [], records: 3, seq: 4 });
      expect((await commitSteps(after, newJob("job-3"))).seq).toBe(5);
      expect(after.get("jobs", "job-3")?.number).toBe(3);
    });

    it("S45 has the bytes after a restart", async () => {
      const { sha256 } = await store.blobs.write(chunksOf(GIF));
      const after = await reopen();
      expect(await after.blobs.stat(sha256)).toMatchObject({ mime: "image/gif", sizeBytes: GIF.length });
      expect(Buffer.from(await after.blobs.bytes(sha256))).toEqual(GIF);
    });
  });
}

const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
