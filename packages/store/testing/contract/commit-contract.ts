import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  CommitRejectedError,
  type PlannedStep,
  type PublishedCommit,
  type Store,
  StoreError,
} from "../../src/index.ts";
import {
  byClient,
  byServer,
  commitSteps,
  type ContractStore,
  creation,
  edit,
  newJob,
  newStyle,
  type OpenContractStore,
  outcomes,
} from "./contract-store.ts";

/** Commits: order, atomicity, visibility, planning. */
export function commitContract(open: OpenContractStore): void {
  describe("commits", () => {
    let opened: ContractStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => opened.dispose());

    it("S1 acknowledges a commit with its place and the whole record", async () => {
      const { seq, results } = await commitSteps(store, newStyle("style-1", "Ink"));
      expect(seq).toBe(1);
      expect(results[0]).toMatchObject({ status: "applied", seq: 1, record: { id: "style-1", rev: 1 } });
      expect(store.get("styles", "style-1")?.name).toBe("Ink");
      expect(store.cursor()).toEqual({ epoch: store.health().epoch, seq: 1 });
    });

    it("S2 shows nothing of a commit before it is durable", async () => {
      const seen: number[] = [];
      store.subscribe(({ seq }) => seen.push(seq));
      const acknowledged = commitSteps(store, newStyle("style-1"));
      expect(store.get("styles", "style-1")).toBeUndefined();
      expect(store.getJson("styles", "style-1")).toBeUndefined();
      expect(store.count("styles")).toBe(0);
      expect(store.cursor().seq).toBe(0);
      expect(store.changesSince(0, 10)?.changes).toEqual([]);
      expect(seen).toEqual([]);
      await acknowledged;
      expect(store.count("styles")).toBe(1);
      expect(seen).toEqual([1]);
    });

    it("S3 numbers commits one by one in the order in which they were asked for", async () => {
      const asked = Array.from({ length: 50 }, (_, at) => commitSteps(store, newStyle(`style-${at}`)));
      const seqs = (await Promise.all(asked)).map(({ seq }) => seq);
      expect(seqs).toEqual(asked.map((_, at) => at + 1));
    });

    it("S4 applies all steps of a commit at one seq, each on top of the one before", async () => {
      const { seq, results } = await commitSteps(
        store,
        newStyle("style-1", "Ink"),
        edit("styles", "style-1", { name: "Wash" }),
        newStyle("style-2"),
      );
      expect(outcomes(results)).toEqual(["applied", "applied", "applied"]);
      expect(store.get("styles", "style-1")).toMatchObject({ name: "Wash", rev: 2 });
      expect([...store.snapshot().records()].map((record) => record.seq)).toEqual([seq, seq]);
    });

    it("S5 refuses a commit of all as a whole when one step is refused", async () => {
      const commit = commitSteps(store, newStyle("style-1"), edit("styles", "nobody", { name: "x" }));
      const error: unknown = await commit.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(CommitRejectedError);
      expect(error instanceof CommitRejectedError && outcomes(error.results)).toEqual([
        "applied",
        "record.missing",
      ]);
      expect(store.count("styles")).toBe(0);
      expect((await commitSteps(store, newStyle("style-1"))).seq).toBe(1);
    });

    it("S6 lets the other steps of a commit of each stand", async () => {
      const { results } = await store.commit(
        byServer(
          [
            newStyle("style-1"),
            newStyle("style-1"),
            creation("styles", "style-2", { colour: "red" }),
            { op: "create", collection: "nothing", id: "x", set: {} },
            newStyle("style-3"),
          ],
          { atomicity: "each" },
        ),
      );
      expect(outcomes(results)).toEqual([
        "applied",
        "record.exists",
        "field.unknown",
        "collection.unknown",
        "applied",
      ]);
      expect(store.count("styles")).toBe(2);
    });

    it("S7 refuses a step whose record has another revision than the writer saw", async () => {
      await commitSteps(store, newStyle("style-1"));
      const stale = byServer([edit("styles", "style-1", { name: "b" }, { ifRev: 2 })], { atomicity: "each" });
      expect(outcomes((await store.commit(stale)).results)).toEqual(["record.stale"]);
      await commitSteps(store, edit("styles", "style-1", { name: "b" }, { ifRev: 1 }));
      expect(store.get("styles", "style-1")?.rev).toBe(2);
    });

    it("S8 writes nothing for a step that changes nothing", async () => {
      await commitSteps(store, newStyle("style-1", "Ink"));
      const seen: PublishedCommit[] = [];
      store.subscribe((commit) => seen.push(commit));
      const { seq, results } = await commitSteps(store, edit("styles", "style-1", { name: "Ink" }));
      expect(results).toMatchObject([{ status: "unchanged", seq: 1, record: { rev: 1 } }]);
      expect(seq).toBe(1);
      expect(store.cursor().seq).toBe(1);
      expect(seen).toEqual([]);
    });

    it("S9 plans a commit on what earlier ones have staged, before that is durable", async () => {
      const first = commitSteps(store, newStyle("style-1", "1"));
      const increment = () =>
        store.commit(
          byServer((staged) => {
            const name = Number(staged.get("styles", "style-1")?.name) + 1;
            expect([...staged.scan("styles")]).toHaveLength(1);
            return [edit("styles", "style-1", { name: String(name) })];
          }),
        );
      await Promise.all([first, increment(), increment(), increment()]);
      expect(store.get("styles", "style-1")).toMatchObject({ name: "4", rev: 4 });
    });

    it("S10 fails only the commit whose plan throws", async () => {
      const fault = new Error("no plan");
      const before = commitSteps(store, newStyle("style-1"));
      const failing = store.commit(
        byServer(() => {
          throw fault;
        }),
      );
      const after = commitSteps(store, newStyle("style-2"));
      await expect(failing).rejects.toBe(fault);
      expect((await before).seq).toBe(1);
      expect((await after).seq).toBe(2);
    });

    it("S11 keeps the server's fields from clients, and forbidden keys from everybody", async () => {
      const { results } = await store.commit(
        byClient("client-0001", [
          { ...newJob("job-1", { status: "succeeded" }), n: 1 },
          { ...newJob("job-2", { params: JSON.parse('{"a":{"__proto__":1}}') }), n: 2 },
        ]),
      );
      expect(outcomes(results)).toEqual(["field.read-only", "field.forbidden"]);
    });

    it("S12 refuses ids that cannot name a document safely", async () => {
      const each = (...steps: PlannedStep[]) => store.commit(byServer(steps, { atomicity: "each" }));
      const ids = ["../jobs", "a/b", ".hidden", "__proto__", "", "a".repeat(200)];
      const { results } = await each(...ids.map((id) => creation("editorSessions", id)));
      expect(outcomes(results)).toEqual(ids.map(() => "record.invalid"));
      const clash = await each(
        creation("galleryImages", "img-1", { sessionId: "sessions.json" }),
        creation("editorSessions", "Alpha"),
        creation("editorSessions", "alpha"),
      );
      expect(outcomes(clash.results)).toEqual(["record.invalid", "applied", "record.invalid"]);
    });

    it("S13 gives numbers per document, and never one twice", async () => {
      await commitSteps(store, newJob("job-a"), newJob("job-b"));
      await commitSteps(store, { op: "purge", collection: "jobs", id: "job-b" });
      await Promise.all([commitSteps(store, newJob("job-c")), commitSteps(store, newJob("job-d"))]);
      expect(store.get("jobs", "job-a")?.number).toBe(1);
      expect(store.get("jobs", "job-c")?.number).toBe(3);
      expect(store.get("jobs", "job-d")?.number).toBe(4);
      expect(store.lastNumber("jobs")).toBe(4);
      const image = (id: string, sessionId: string) => creation("galleryImages", id, { sessionId });
      await commitSteps(store, image("img-a", "gal-1"), image("img-b", "gal-1"), image("img-c", "gal-2"));
      expect(store.get("galleryImages", "img-b")?.number).toBe(2);
      expect(store.get("galleryImages", "img-c")?.number).toBe(1);
      expect(store.lastNumber("galleryImages", "gal-1")).toBe(2);
      expect(store.lastNumber("galleryImages", "gal-9")).toBe(0);
    });

    it("S13 goes on from a number that the server gave itself", async () => {
      await commitSteps(store, newJob("job-old", { number: 41 }));
      await commitSteps(store, newJob("job-new"));
      expect(store.get("jobs", "job-new")?.number).toBe(42);
    });

    it("S14 refuses a commit that is too large, and only that one", async () => {
      const huge = newJob("job-1", { params: { text: "x".repeat(70_000_000) } });
      const refused = commitSteps(store, huge);
      await expect(refused).rejects.toMatchObject({ code: "record.too-large", status: 413 });
      await commitSteps(store, newJob("job-1"));
      expect(store.get("jobs", "job-1")?.number).toBe(1);
    });

    it("S15 refuses everything once closed", async () => {
      await commitSteps(store, newStyle("style-1"));
      await store.close();
      const refused = commitSteps(store, newStyle("style-2"));
      await expect(refused).rejects.toBeInstanceOf(StoreError);
      await expect(refused).rejects.toMatchObject({ code: "store.closed" });
      expect(store.health().state).toBe("closed");
    });

    it("S15 acknowledges what was asked for before it was closed", async () => {
      const asked = commitSteps(store, newStyle("style-1"));
      await store.close();
      expect((await asked).seq).toBe(1);
    });
  });
}
