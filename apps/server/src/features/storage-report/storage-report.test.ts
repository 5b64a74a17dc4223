import { createMemoryStore, type ScrubOptions } from "@safelight/store";
import { afterEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { createLoadGauge, createLoopSampler } from "./load-gauge.ts";
import { createScrubSchedule } from "./scrub-schedule.ts";

const HOUR_MS = 60 * 60 * 1000;
const log = { warn: () => undefined };

describe("the storage report", () => {
  let studio: TestApp | undefined;
  afterEach(() => studio?.close());

  it("tells counts and bytes, and what the last scrub found", async () => {
    studio = await createTestApp();
    const bytes = await studio.store.blobs.write(oneChunk("some bytes"));
    await studio.request.post("/api/styles").send({ id: "style-1", name: "Ink" }).expect(201);
    const before = await studio.request.get("/api/storage-report").expect(200);
    expect(before.body).toMatchObject({
      blobs: { files: 1, sizeBytes: 10 },
      blobKinds: [{ kind: "other", files: 1, sizeBytes: 10 }],
      documentCount: 0,
      documentBytes: 0,
    });
    expect(before.body.lastScrub).toBeUndefined();
    const { body } = await studio.request.get("/api/storage-report").expect(200);
    expect(body.collections).toContainEqual(
      expect.objectContaining({ collection: "styles", records: 1, trashed: 0 }),
    );
    await studio.store.scrub();
    const after = await studio.request.get("/api/storage-report").expect(200);
    expect(after.headers["cache-control"]).toBe("no-store");
    expect(after.body.lastScrub).toMatchObject({
      checkedBlobs: 1,
      missingCount: 0,
      unreferencedCount: 1,
      unreferenced: [{ sha256: bytes.sha256, isRemovable: false }],
    });
  });

  it("checks all bytes when asked, and removes what nothing names after its days of grace", async () => {
    let nowMs = Date.parse("2026-03-01T00:00:00.000Z");
    studio = await createTestApp({ store: createMemoryStore({ now: () => nowMs }) });
    await studio.store.blobs.write(oneChunk("some bytes"));
    const checked = await studio.request.post("/api/storage-report/check").expect(200);
    expect(checked.body.lastScrub).toMatchObject({ checkedBlobs: 1, unreferencedCount: 1 });
    const remove = () => studio?.request.post("/api/storage-report/unreferenced/remove").expect(200);
    expect((await remove())?.body).toEqual({ removed: 0, removedBytes: 0 });
    nowMs += 8 * 24 * HOUR_MS;
    expect((await remove())?.body).toEqual({ removed: 1, removedBytes: 10 });
    const after = await studio.request.get("/api/storage-report").expect(200);
    expect(after.body.blobs).toEqual({ files: 0, sizeBytes: 0 });
  });

  it("cuts its lists and not its counts", async () => {
    studio = await createTestApp();
    for (let at = 0; at < 120; at += 1) await studio.store.blobs.write(oneChunk(`blob ${at}`));
    await studio.store.scrub();
    const { body } = await studio.request.get("/api/storage-report").expect(200);
    expect(body.lastScrub.unreferencedCount).toBe(120);
    expect(body.lastScrub.unreferenced).toHaveLength(100);
  });
});

describe("scrubbing in the background", () => {
  /** A schedule over a clock that goes on by what is waited for, until `endMs`. */
  function scheduleFor(endMs: number, scrub: (options?: ScrubOptions) => Promise<undefined>) {
    const startMs = Date.parse("2026-03-01T00:00:00.000Z");
    let nowMs = startMs;
    const store = createMemoryStore({ now: () => nowMs });
    const done: number[] = [];
    const schedule = createScrubSchedule({
      store: {
        lastScrub: () => store.lastScrub(),
        async scrub(options) {
          done.push((nowMs - startMs) / HOUR_MS);
          await scrub(options);
          return store.scrub(options);
        },
      },
      log,
      now: () => nowMs,
      async wait(ms, signal) {
        nowMs += ms;
        if (nowMs - startMs < endMs) return;
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      },
      isBusy: () => false,
      firstDelayMs: HOUR_MS,
      everyMs: 24 * HOUR_MS,
      bytesPerSecond: 1000,
    });
    return { schedule, done };
  }

  it("begins some time after the start, and again when the last round is old", async () => {
    const { schedule, done } = scheduleFor(72 * HOUR_MS, async () => undefined);
    schedule.start();
    await expect.poll(() => done.length).toBe(3);
    await schedule.stop();
    expect(done.map((hours) => Math.round(hours))).toEqual([1, 25, 49]);
  });

  it("tries again an hour after a round that failed", async () => {
    let isFirst = true;
    const { schedule, done } = scheduleFor(4 * HOUR_MS, async () => {
      if (isFirst) {
        isFirst = false;
        throw new Error("The disk is asleep.");
      }
      return undefined;
    });
    schedule.start();
    await expect.poll(() => done.length).toBe(2);
    await schedule.stop();
    expect(done).toEqual([1, 2]);
  });

  it("hands on its budget, and ends a round that is under way when it stops", async () => {
    let given: ScrubOptions | undefined;
    const { schedule } = scheduleFor(HOUR_MS * 2, async (options) => {
      given = options;
      await new Promise((resolve) => options?.signal?.addEventListener("abort", resolve, { once: true }));
      return undefined;
    });
    schedule.start();
    await expect.poll(() => given?.bytesPerSecond).toBe(1000);
    await schedule.stop();
    expect(given?.signal?.aborted).toBe(true);
  });
});

describe("the load gauge", () => {
  it("samples now and then, and counts half of the time as busy", () => {
    let nowMs = 0;
    let share = 0.9;
    const isBusy = createLoadGauge({ sample: () => share, nowMs: () => nowMs });
    expect(isBusy()).toBe(false);
    nowMs = 500;
    expect(isBusy()).toBe(true);
    share = 0.4;
    nowMs = 600;
    expect(isBusy()).toBe(true);
    nowMs = 1000;
    expect(isBusy()).toBe(false);
  });

  it("knows an event loop that is blocked", () => {
    const sample = createLoopSampler();
    const end = performance.now() + 20;
    while (performance.now() < end);
    expect(sample()).toBeGreaterThan(0.9);
  });
});

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
