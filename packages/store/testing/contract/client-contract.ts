import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import {
  byClient,
  commitSteps,
  type ContractStore,
  edit,
  newStyle,
  type OpenContractStore,
  outcomes,
} from "./contract-store.ts";

/** Pushes of clients: one effect however often they are sent. */
export function clientContract(open: OpenContractStore): void {
  describe("clients", () => {
    let opened: ContractStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => opened.dispose());

    const push = [
      { ...newStyle("style-1", "Ink"), n: 1 },
      { ...edit("styles", "nobody", { name: "x" }), n: 2 },
      { ...newStyle("style-2"), n: 3 },
    ];

    it("S20 takes each mutation of a client once", async () => {
      const first = await store.commit(byClient("client-0001", push));
      expect(outcomes(first.results)).toEqual(["applied", "record.missing", "applied"]);
      expect(first.results.map((result) => "n" in result && result.n)).toEqual([1, 2, 3]);
      const resent = await store.commit(byClient("client-0001", [...push, { ...newStyle("style-3"), n: 4 }]));
      expect(outcomes(resent.results)).toEqual(["duplicate", "record.missing", "duplicate", "applied"]);
      expect(resent.results[0]).toEqual({ status: "duplicate", n: 1, seq: first.seq });
      expect(store.count("styles")).toBe(3);
      expect(store.get("styles", "style-1")?.rev).toBe(1);
    });

    it("S20 takes it once even when the resend comes before the first is durable", async () => {
      const [first, resent] = await Promise.all([
        store.commit(byClient("client-0001", push)),
        store.commit(byClient("client-0001", push)),
      ]);
      expect(outcomes(first.results)).toEqual(["applied", "record.missing", "applied"]);
      expect(outcomes(resent.results)).toEqual(["duplicate", "record.missing", "duplicate"]);
      expect(resent.results[0]).toMatchObject({ seq: first.seq });
    });

    it("S20 counts each client for itself", async () => {
      await store.commit(byClient("client-0001", [{ ...newStyle("style-1"), n: 7 }]));
      const other = await store.commit(byClient("client-0002", [{ ...newStyle("style-2"), n: 1 }]));
      expect(outcomes(other.results)).toEqual(["applied"]);
    });

    it("S21 answers a refused mutation as refused again, with the same words", async () => {
      const first = await store.commit(byClient("client-0001", push));
      const resent = await store.commit(byClient("client-0001", push));
      expect(resent.results[1]).toEqual(first.results[1]);
    });

    it("S22 writes a client's place down even when nothing else changed, and only then", async () => {
      await commitSteps(store, newStyle("style-1", "Ink"));
      const same = [{ ...edit("styles", "style-1", { name: "Ink" }), n: 1 }];
      const first = await store.commit(byClient("client-0001", same));
      expect(outcomes(first.results)).toEqual(["unchanged"]);
      expect(first.seq).toBe(2);
      const again = await store.commit(byClient("client-0001", same));
      expect(outcomes(again.results)).toEqual(["duplicate"]);
      expect(again.seq).toBe(2);
      expect(store.changesSince(1, 10)).toEqual({ changes: [], seq: 2, more: false });
    });
  });
}
