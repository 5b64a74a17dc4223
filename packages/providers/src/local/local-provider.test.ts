import { createHash } from "node:crypto";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import type { Provider, ProviderRequest, RunState } from "../provider.ts";
import { createLocalProvider } from "./local-provider.ts";

const provider = createLocalProvider({ threads: 1 });
afterAll(() => provider.close());
const never = new AbortController().signal;

function request(jobId: string, over: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    jobId,
    kind: "image",
    prompt: "a lighthouse at dusk",
    params: { width: 96, height: 64, steps: 4, seed: 7 },
    ...over,
  };
}

async function finish(engine: Provider, id: string): Promise<RunState> {
  for (;;) {
    const state = await engine.poll({ id }, never);
    if (state.state !== "queued" && state.state !== "running") return state;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function filesOf(engine: Provider, id: string): Promise<readonly Buffer[]> {
  const results = await engine.results({ id }, never);
  return Promise.all(
    results.map(async (result) => Buffer.concat(await Array.fromAsync(await result.open(never)))),
  );
}

async function make(over: Partial<ProviderRequest> = {}): Promise<readonly Buffer[]> {
  const id = `job-${Math.random().toString(36).slice(2)}`;
  await provider.submit(request(id, over), never);
  expect((await finish(provider, id)).state).toBe("succeeded");
  return filesOf(provider, id);
}

const hash = (file: Buffer | undefined): string =>
  createHash("sha256")
    .update(file ?? "")
    .digest("hex");

async function pixelsOf(file: Buffer | undefined): Promise<Buffer> {
  return sharp(file).raw().toBuffer();
}

describe("the built-in engine", () => {
  it("gives the same bytes for the same request, and PNG files of the size that was asked for", async () => {
    const [one] = await make();
    const [other] = await make();
    expect(hash(one)).toBe(hash(other));
    const metadata = await sharp(one).metadata();
    expect(metadata).toMatchObject({ format: "png", width: 96, height: 64 });
    expect(metadata.exif).toBeUndefined();
    expect(metadata.comments).toBeUndefined();
  });

  it.each([
    ["seed", { params: { width: 96, height: 64, steps: 4, seed: 8 } }],
    ["prompt", { prompt: "a lighthouse at dawn" }],
    ["negative prompt", { negativePrompt: "lighthouse" }],
    ["steps", { params: { width: 96, height: 64, steps: 9, seed: 7 } }],
    ["guidance", { params: { width: 96, height: 64, steps: 4, seed: 7, guidance: 12 } }],
  ])("paints another picture for another %s", async (_, over) => {
    const [[one], [other]] = await Promise.all([make(), make(over)]);
    const before = await pixelsOf(one);
    const after = await pixelsOf(other);
    const changed = before.filter((value, index) => Math.abs(value - (after[index] ?? 0)) > 8).length;
    expect(changed / before.length).toBeGreaterThan(0.05);
  });

  it("draws sprites as PNG files with a transparent ground", async () => {
    const params = { width: 32, height: 48, seed: 3, colours: 16 };
    const [sprite] = await make({ kind: "sprite", model: "sprite", prompt: "a red dragon", params });
    expect(await sharp(sprite).metadata()).toMatchObject({
      format: "png",
      width: 32,
      height: 48,
      hasAlpha: true,
    });
    const [again] = await make({ kind: "sprite", prompt: "a red dragon", params });
    expect(hash(again)).toBe(hash(sprite));
  });

  it("counts seeds up and keeps them with the results", async () => {
    const params = { width: 64, height: 64, steps: 2, seed: 4_294_967_295, count: 3, guidance: 5 };
    await provider.submit(request("job-count", { params }), never);
    await finish(provider, "job-count");
    const results = await provider.results({ id: "job-count" }, never);
    expect(results.map((result) => result.details)).toEqual(
      [4_294_967_295, 0, 1].map((seed) => ({ seed, steps: 2, guidanceScale: 5, width: 64, height: 64 })),
    );
    expect(new Set((await filesOf(provider, "job-count")).map((file) => hash(file))).size).toBe(3);
  });

  it("derives a missing seed from the job, so that a re-run is the same", async () => {
    const params = { width: 64, height: 64, steps: 2 };
    const details = async (engine: Provider, id: string) => {
      await engine.submit(request(id, { params }), never);
      await finish(engine, id);
      return (await engine.results({ id }, never))[0]?.details["seed"];
    };
    const again = createLocalProvider({ threads: 1 });
    const first = await details(provider, "job-seedless");
    expect(await details(again, "job-seedless")).toBe(first);
    expect(await details(provider, "job-seedless-2")).not.toBe(first);
    await again.close();
  });

  it("reports progress that only grows and names the step", async () => {
    const seen: RunState[] = [];
    const unwatch = provider.watch?.((runId, state) => {
      if (runId === "job-progress") seen.push(state);
    });
    const params = { width: 96, height: 96, steps: 5, count: 2 };
    await provider.submit(request("job-progress", { params }), never);
    await finish(provider, "job-progress");
    unwatch?.();
    const running = seen.flatMap((state) => ("progress" in state ? [state] : []));
    expect(running.length).toBeGreaterThanOrEqual(10);
    for (const [index, state] of running.entries()) {
      expect(state.progress).toBeGreaterThanOrEqual(running[index - 1]?.progress ?? 0);
      expect(state.progress).toBeLessThanOrEqual(1);
    }
    expect(running.at(-1)?.step).toBe("Picture 2 of 2 · Step 5 of 5");
    expect(seen.at(-1)).toEqual({ state: "succeeded", charge: { state: "none" } });
  });

  it("stops soon after a cancellation, also of a run that still waits", async () => {
    const params = { width: 1600, height: 1200, steps: 100 };
    await provider.submit(request("job-cancel-1", { params }), never);
    await provider.submit(request("job-cancel-2", { params }), never);
    // More work than there is time for: what ends in time was stopped.
    await expect.poll(async () => (await provider.poll({ id: "job-cancel-1" }, never)).state).toBe("running");
    await provider.cancel({ id: "job-cancel-2" }, never);
    await provider.cancel({ id: "job-cancel-1" }, never);
    expect((await finish(provider, "job-cancel-2")).state).toBe("canceled");
    expect((await finish(provider, "job-cancel-1")).state).toBe("canceled");
    await expect(provider.results({ id: "job-cancel-1" }, never)).rejects.toMatchObject({
      code: "result.missing",
    });
  });

  it("forgets finished pictures beyond its memory, oldest first, and says so", async () => {
    const small = createLocalProvider({ threads: 1, maxBytes: 1000 });
    for (const id of ["job-a", "job-b", "job-c"]) {
      await small.submit(request(id), never);
      await finish(small, id);
    }
    expect(await small.poll({ id: "job-a" }, never)).toEqual({ state: "missing" });
    expect(await small.poll({ id: "job-c" }, never)).toMatchObject({ state: "succeeded" });
    await expect(small.results({ id: "job-a" }, never)).rejects.toMatchObject({ code: "run.missing" });
    await small.close();
  });

  it("forgets what was read after its time", async () => {
    let now = 0;
    const engine = createLocalProvider({ threads: 1, keepFetchedMs: 1000, now: () => now });
    await engine.submit(request("job-read"), never);
    await finish(engine, "job-read");
    now = 5000;
    await filesOf(engine, "job-read");
    await engine.submit(request("job-next", { prompt: "other" }), never);
    expect((await engine.poll({ id: "job-read" }, never)).state).toBe("succeeded");
    now = 6001;
    await engine.submit(request("job-last", { prompt: "another" }), never);
    expect((await engine.poll({ id: "job-read" }, never)).state).toBe("missing");
    await engine.close();
  });
});
