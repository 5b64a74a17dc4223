import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { requestOf } from "../apps/server/src/features/jobs/request-of-job.ts";
import { createProviders, type ProviderHost } from "../packages/providers/src/index.ts";
import { createMemoryStore, openFileStore } from "../packages/store/src/index.ts";
import { run } from "./run.ts";
import { fillWithSamples } from "./sample-data/fill-with-samples.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safelight-samples-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("fills an empty folder with exactly so many records, and refuses one that is not empty", async () => {
  const dataDir = join(folder, "studio");
  const asked = ["--jobs", "40", "--contents", "30", "--pictures", "2", "--into", dataDir];
  const made = await run(process.execPath, ["scripts/make-sample-data.ts", ...asked]);
  expect(made).toMatchObject({
    code: 0,
    output: expect.stringContaining("40 jobs, 30 contents, 2 pictures"),
  });
  const store = await openFileStore({ dataDir });
  expect([store.count("jobs"), store.count("contents"), store.lastNumber("jobs")]).toEqual([40, 30, 40]);
  const pictures = new Set([...store.scan("contents")].map(({ blob }) => blob?.sha256));
  for (const sha256 of pictures) expect(await store.blobs.stat(sha256 ?? "")).toBeDefined();
  await store.close();

  writeFileSync(join(folder, "notes.txt"), "mine");
  const again = await run(process.execPath, ["scripts/make-sample-data.ts", "--into", folder]);
  expect(again).toMatchObject({ code: 1, output: expect.stringContaining("is not empty") });
});

it("makes the same work from the same seed: pictures with their jobs, in several scripts, over a year", async () => {
  const make = async () => {
    const store = createMemoryStore();
    const nowMs = Date.parse("2026-11-01T20:00:00Z");
    await fillWithSamples(store, { jobs: 300, contents: 300, pictures: 2, seed: 7, nowMs });
    const contents = [...store.scan("contents")];
    const known = contents.map(({ id, prompt, createdAt, config }) => ({ id, prompt, createdAt, config }));
    const linked = contents.filter(
      ({ id, jobId }) => jobId !== undefined && store.get("jobs", jobId)?.results.includes(id) === true,
    );
    const days = new Set(contents.map(({ createdAt }) => createdAt.slice(0, 10)));
    await store.close();
    return { known, linked: linked.length, days: days.size };
  };
  const first = await make();
  expect(await make()).toEqual(first);
  expect(first.linked).toBeGreaterThan(200);
  expect(first.days).toBeGreaterThan(60);
  expect(first.known.some(({ prompt }) => /[ぁ-ん]/.test(prompt))).toBe(true);
});

it("makes jobs that their providers would take again", async () => {
  const store = createMemoryStore();
  const nowMs = Date.parse("2026-11-01T20:00:00Z");
  await fillWithSamples(store, { jobs: 300, contents: 700, pictures: 2, seed: 7, nowMs });
  const outside = () => {
    throw new Error("Nothing is sent.");
  };
  const host: ProviderHost = {
    settings: () => ({}),
    fetch: outside,
    download: outside,
    readBlob: outside,
    answers: { save: outside, read: outside, names: outside, drop: outside },
    now: () => nowMs,
  };
  const providers = createProviders(() => host);
  const faults = [...store.scan("jobs")].flatMap((job) => {
    const fault = providers.get(job.provider)?.check(requestOf(job));
    return fault === undefined ? [] : [`${job.provider} ${job.model}: ${fault.path} ${fault.message}`];
  });
  for (const provider of providers.values()) await provider.close();
  await store.close();
  expect(new Set(faults)).toEqual(new Set());
});
