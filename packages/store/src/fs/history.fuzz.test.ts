import fc from "fast-check";
import { expect, it } from "vitest";
import { byServer, creation, edit, newJob, newStyle } from "../../testing/index.ts";
import { dataFolder } from "../../testing/data-folder.ts";
import { createMemoryStore, type PlannedStep, type Store } from "../index.ts";

type Happening =
  | { readonly kind: "commit"; readonly steps: readonly PlannedStep[] }
  /** `back`: how far of what there is, 0 to 1. */
  | { readonly kind: "rewind" | "undo"; readonly back: number }
  | { readonly kind: "close" | "checkpoint" | "crash" | "prune" };

const number = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<PlannedStep> = fc.oneof(
  number.map((at) => newStyle(`style-${at}`, `name ${at} \u2028 \u{1F5BC}`)),
  number.map((at) => newJob(`job-${at}`, { status: "succeeded" })),
  number.map((at) => creation("galleryImages", `img-${at}`, { sessionId: `gal-${at}` })),
  fc.tuple(number, fc.string()).map(([at, name]) => edit("styles", `style-${at}`, { name })),
  number.map((at) => edit("styles", `style-${at}`, { triggerWord: null })),
  fc.tuple(number, number).map(([at, word]) => edit("styles", `style-${at}`, { triggerWord: `w${word}` })),
  fc.tuple(number, number).map(([at, tenths]) => edit("jobs", `job-${at}`, { progress: tenths / 10 })),
  fc
    .tuple(
      fc.constantFrom("styles", "jobs", "galleryImages"),
      number,
      fc.constantFrom("delete", "restore", "purge"),
    )
    .map(([collection, at, op]) => ({ op, collection, id: `${PREFIXES[collection]}-${at}` })),
);
const PREFIXES = { styles: "style", jobs: "job", galleryImages: "img" };
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("commit" as const),
      steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("rewind", "undo"),
      back: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("close", "crash", "checkpoint", "prune") }),
  },
);

/** All fields of the records that are not in the trash, but those that every change touches. */
function liveState(store: Store): Readonly<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const { collection, id, json } of store.snapshot().records()) {
    const { rev: _, updatedAt: __, ...fields } = JSON.parse(json) as Record<string, unknown>;
    if (fields["deletedAt"] === undefined) shown[`${collection}/${id}`] = fields;
  }
  return shown;
}

/** Those of the past. */
async function pastState(store: Store, seq: number): Promise<Readonly<Record<string, unknown>>> {
  const shown: Record<string, unknown> = {};
  for await (const { collection, id, record } of store.history.stateAt({ seq })) {
    const { rev: _, updatedAt: __, ...fields } = record;
    if (fields.deletedAt === undefined) shown[`${collection}/${id}`] = fields;
  }
  return shown;
}

it("S106 goes back to any moment that is reached, and undoes that, whatever happened to the store", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 30 }), async (happenings) => {
      let nowMs = Date.now();
      const now = () => nowMs;
      const options = {
        now,
        segmentBytes: 600,
        carryBytes: 1500,
        checkpointQuietMs: 60_000,
        history: { maxBytes: 0 },
      };
      const model = createMemoryStore({ now });
      const first = await dataFolder();
      try {
        let folder = first;
        let store = await folder.open(options);
        const moments = new Map([[0, liveState(store)]]);
        const both = () => [model, store] as const;
        for (const happened of happenings) {
          nowMs += 1000;
          if (happened.kind === "commit") {
            for (const target of both()) await target.commit(byServer(happened.steps, { atomicity: "each" }));
          } else if (happened.kind === "rewind" || happened.kind === "undo") {
            const { seq: from } = store.cursor();
            const { seq: oldest } = await store.history.oldest();
            const to = oldest + Math.round((from - oldest) * happened.back);
            const before = liveState(store);
            expect(await pastState(store, to)).toEqual(moments.get(to));
            for (const target of both()) await target.history.rewind({ to: { seq: to }, by: "test" });
            expect(liveState(store)).toEqual(moments.get(to));
            moments.set(store.cursor().seq, liveState(store));
            if (happened.kind === "undo") {
              for (const target of both()) await target.history.rewind({ to: { seq: from }, by: "test" });
              expect(liveState(store)).toEqual(before);
            }
          } else if (happened.kind === "checkpoint") {
            await store.checkpoint();
          } else if (happened.kind === "prune") {
            await store.pruneHistory();
          } else {
            if (happened.kind === "close") await store.close();
            else folder = await folder.crash();
            store = await folder.open(options);
          }
          expect(liveState(store)).toEqual(liveState(model));
          expect(store.health().findings).toEqual([]);
          expect(store.cursor().seq).toBe(model.cursor().seq);
          moments.set(store.cursor().seq, liveState(store));
          for (const [collection, id] of [["styles", "style-1"] as const, ["jobs", "job-1"] as const]) {
            const { seq: oldest } = await store.history.oldest();
            const expected = (await model.history.versions(collection, id)).versions;
            const actual = (await store.history.versions(collection, id)).versions;
            const reached = (version: { readonly seq: number }) => version.seq > oldest;
            const plain = ({ fields, ...version }: (typeof actual)[number]) => ({
              ...version,
              fields: fields.toSorted(),
            });
            expect(actual.filter(reached).map(plain)).toEqual(expected.filter(reached).map(plain));
          }
        }
      } finally {
        await first.dispose();
      }
    }),
    { numRuns: 10 },
  );
});
