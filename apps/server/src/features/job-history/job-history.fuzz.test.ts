import { findForbiddenKey, type JsonObject, jsonEqual } from "@safelight/shared";
import { createMemoryStore } from "@safelight/store";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makePicture } from "../../../testing/pictures.ts";
import type { LegacyJob } from "../../older-apps/legacy-job.ts";
import { saveJobHistory, streamJobHistory } from "./job-history.ts";

const pictures = await Promise.all(
  [1, 2, 3].map(async (seed) => {
    const png = await makePicture({ format: "png", width: 8, height: 8, seed });
    return `data:image/png;base64,${png.toString("base64")}`;
  }),
);

const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const epochMs = fc.double({ min: 0, max: 253_402_300_799_999, noNaN: true });
const plainKey = fc.stringMatching(/^[a-z]{1,6}_x$/);

const entryOf = (id: string): fc.Arbitrary<LegacyJob> =>
  fc
    .record(
      {
        prompt: fc.string({ unit: "grapheme" }),
        width: orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
        height: orNull(fc.integer()),
        seed: orNull(fc.integer()),
        status: fc.oneof(fc.constantFrom("success", "error", "pending", "running"), fc.string()),
        result: orNull(fc.constantFrom(...pictures, "https://example.org/a.png", "")),
        error: fc.oneof(fc.constant(null), fc.string(), fc.jsonValue()),
        startTime: orNull(epochMs),
        endTime: orNull(epochMs),
        duration: orNull(fc.double({ min: 0, max: 1e9, noNaN: true })),
        createdAt: orNull(epochMs),
      },
      { requiredKeys: [] },
    )
    .chain((fields) =>
      fc.dictionary(plainKey, fc.jsonValue(), { maxKeys: 2 }).map((extra) => ({ id, ...extra, ...fields })),
    )
    // What JSON cannot say (`-0`) cannot come over the wire either.
    .map((entry) => JSON.parse(JSON.stringify(entry)) as LegacyJob);

/** Entries whose extras and errors may hold a key that is refused everywhere (`prototype`, for one). */
const savable = (entry: LegacyJob) => findForbiddenKey(entry) === undefined;

const ids = ["job-1", "job-2", "job-30", "knight~7"];
const history = fc
  .subarray(ids)
  .chain((chosen) => fc.tuple(...chosen.map((id) => entryOf(id).filter(savable))))
  .map((jobs): LegacyJob[] => [...jobs]);

/** What the older dashboard must read after the posts before: fields merged by id, a picture never taken away. */
function merge(held: Map<string, JsonObject>, jobs: readonly LegacyJob[]): void {
  for (const job of jobs) {
    const entry = job as unknown as JsonObject;
    const before = held.get(job.id);
    const isStale =
      isPicture(before?.["result"]) && entry["result"] !== undefined && !isPicture(entry["result"]);
    if (!isStale) held.set(job.id, { ...before, ...entry });
  }
}

const isPicture = (result: unknown) => typeof result === "string" && result.startsWith("data:");

it("gives back what was posted, merged, and takes a resend without a change", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 4 }), async (posts) => {
      const store = createMemoryStore();
      let count = 0;
      const newContentId = () => `content-${(count += 1)}`;
      const options = { store, maxPixels: 1000, newContentId };
      const held = new Map<string, JsonObject>();
      for (const jobs of posts) {
        await saveJobHistory({ jobs }, options);
        merge(held, jobs);
        const { seq } = store.cursor();
        const read = JSON.parse(await text(streamJobHistory(store)));
        const listed = new Map<string, JsonObject>(read.jobs.map((job: LegacyJob) => [job.id, job]));
        expect(new Set(listed.keys())).toEqual(new Set(held.keys()));
        for (const [id, entry] of held) {
          const found = listed.get(id);
          if (!jsonEqual(found, entry)) expect(found).toEqual(entry);
        }
        await saveJobHistory({ jobs: read.jobs, lastJobId: read.lastJobId }, options);
        expect(store.cursor().seq).toBe(seq);
        const numbers = [...store.scan("jobs")].map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
      }
      await store.close();
    }),
    { numRuns: 150 },
  );
});

it("refuses a history in which one job has a forbidden key, and changes nothing", async () => {
  const refused = expect.arrayContaining([expect.objectContaining({ code: "field.forbidden" })]);
  const key = fc.constantFrom("prototype", "constructor", "__proto__");
  await fc.assert(
    fc.asyncProperty(history, key, async (jobs, forbidden) => {
      const store = createMemoryStore();
      const error = JSON.parse(`{"deep": [{"${forbidden}": null}]}`);
      const posted = { jobs: [...jobs, { id: "job-4", error }] };
      let count = 0;
      const newContentId = () => `content-${(count += 1)}`;
      const saving = saveJobHistory(posted, { store, maxPixels: 1000, newContentId });
      await expect(saving).rejects.toMatchObject({ results: refused });
      expect(store.cursor().seq).toBe(0);
      expect([...store.scan("jobs")]).toEqual([]);
      await store.close();
    }),
    { numRuns: 40 },
  );
});

async function text(chunks: AsyncIterable<unknown>): Promise<string> {
  let whole = "";
  for await (const chunk of chunks) whole += String(chunk);
  return whole;
}
