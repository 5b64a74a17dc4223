import { copyFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { byClient, byServer, creation, edit, newJob, newStyle, shownState } from "../../testing/index.ts";
import { type DataFolder, dataFolder } from "../../testing/data-folder.ts";
import { createMemoryStore, type PlannedStep, type Store } from "../index.ts";

/** One thing that happens to a store; `close`, `crash`, `backup` and `checkpoint` only to the one on disk. */
type Happening =
  | { readonly kind: "commit"; readonly steps: readonly PlannedStep[]; readonly client: string | undefined }
  | { readonly kind: "close" | "crash" | "checkpoint" | "backup" };

const number = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<PlannedStep> = fc.oneof(
  number.map((at) => newStyle(`style-${at}`, `name ${at} \u2028 \u{1F5BC}`)),
  number.map((at) => newJob(`job-${at}`)),
  fc
    .tuple(number, number)
    .map(([at, scope]) => creation("galleryImages", `img-${at}`, { sessionId: `gal-${scope}` })),
  fc.tuple(number, fc.string()).map(([at, name]) => edit("styles", `style-${at}`, { name })),
  fc.tuple(number, number).map(([at, tenths]) => edit("jobs", `job-${at}`, { progress: tenths / 10 })),
  fc
    .tuple(fc.constantFrom("styles", "jobs"), number, fc.constantFrom("delete", "restore", "purge"))
    .map(([collection, at, op]) => ({ op, collection, id: `${collection.slice(0, -1)}-${at}` })),
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("commit" as const),
      steps: fc.array(step, { minLength: 1, maxLength: 3 }),
      client: fc.option(fc.constantFrom("client-0001", "client-0002"), { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("close", "crash", "checkpoint", "backup") }),
  },
);

/** Time as both stores see it: one tick for each commit. */
function ticking() {
  let tick = 0;
  return {
    now: () => Date.UTC(2026, 0, 1) + tick * 1000,
    next: () => void (tick += 1),
  };
}

async function commitTo(store: Store, { steps, client }: Extract<Happening, { kind: "commit" }>, n: number) {
  if (client === undefined) return store.commit(byServer(steps, { atomicity: "each" }));
  // Every other push is sent as if its answer had been lost.
  const numbered = steps.flatMap((planned, at) =>
    planned.op === "purge" ? [] : [{ ...planned, n: n - 1 + at }],
  );
  return store.commit(byClient(client, numbered));
}

it("S36 does what a store in memory does, however often it is closed, killed or restored from .backup", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 30 }), async (happenings) => {
      const clock = ticking();
      const options = { now: clock.now, segmentBytes: 600, carryBytes: 1500, checkpointQuietMs: 60_000 };
      const model = createMemoryStore({ now: clock.now });
      const first = await dataFolder();
      try {
        let folder: DataFolder = first;
        let store = await folder.open(options);
        let n = 1;
        for (const happened of happenings) {
          if (happened.kind === "commit") {
            clock.next();
            n += 2;
            const [expected, actual] = await Promise.all([
              commitTo(model, happened, n),
              commitTo(store, happened, n),
            ]);
            expect(actual).toEqual(expected);
          } else if (happened.kind === "checkpoint") {
            await store.checkpoint();
          } else {
            if (happened.kind === "close") await store.close();
            else folder = await folder.crash();
            if (happened.kind === "backup") await restoreBackups(folder);
            store = await folder.open(options);
            expect(store.health().findings).toEqual([]);
          }
          expect(shownState(store)).toEqual(shownState(model));
          expect(store.cursor().seq).toBe(model.cursor().seq);
          expect(store.lastNumber("jobs")).toBe(model.lastNumber("jobs"));
          expect(purges(store)).toEqual(purges(model));
        }
      } finally {
        await first.dispose();
      }
    }),
    { numRuns: 25 },
  );
});

/** Puts every `.backup` in the place of its document. */
async function restoreBackups(folder: DataFolder): Promise<void> {
  for (const sub of [".", "gallery/gal-1", "gallery/gal-2"]) {
    const names = await folder.names(sub).catch(() => []);
    for (const name of names.filter((candidate) => candidate.endsWith(".backup"))) {
      const backup = folder.file(`${sub}/${name}`);
      await copyFile(backup, backup.replace(/\.backup$/, ""));
    }
  }
}

function purges(store: Store): readonly string[] {
  const changes = store.changesSince(0, 1000)?.changes ?? [];
  return changes.filter(({ op }) => op === "purge").map(({ id, seq }) => `${id} ${seq}`);
}
