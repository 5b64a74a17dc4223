import { afterEach, describe, expect, it } from "vitest";
import { type A1111FakeOptions, createA1111Fake } from "../../testing/a1111-fake.ts";
import { smallPng } from "../../testing/png.ts";
import { createMemoryAnswers, createTestHost } from "../../testing/test-host.ts";
import { jobSeed } from "../job-seed.ts";
import type { Provider, ProviderRequest } from "../provider.ts";
import { createA1111Provider } from "./a1111-provider.ts";

const signal = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: A1111FakeOptions = {}) {
  const fake = await createA1111Fake(options);
  const answers = createMemoryAnswers();
  const blobs = new Map([["ab".repeat(32), new Uint8Array(smallPng(5))]]);
  opened.push(fake);
  const start = (): Provider => {
    const host = createTestHost("a1111", { settings: fake.settings, answers, blobs });
    const provider = createA1111Provider(host);
    opened.unshift(provider);
    return provider;
  };
  return { fake, provider: start(), start };
}

const request = (over: Partial<ProviderRequest> = {}): ProviderRequest => ({
  jobId: "job-1",
  kind: "image",
  model: "txt2img",
  prompt: "a lighthouse",
  params: {},
  ...over,
});

describe("A1111", () => {
  it("asks for a copy on the server and a task id, and keeps each picture's seed", async () => {
    const { provider, fake } = await open({ returnsGrid: true });
    const loras = [{ name: "ink", scale: 0.8 }];
    await provider.submit(request({ negativePrompt: "fog", params: { count: 2, loras } }), signal);
    const seed = jobSeed("job-1");
    expect(fake.received.find(({ call }) => call === "submit")?.body).toMatchObject({
      prompt: "a lighthouse <lora:ink:0.8>",
      negative_prompt: "fog",
      save_images: true,
      force_task_id: "task(job-1)",
      seed,
      n_iter: 2,
    });
    const results = await provider.results({ id: "job-1" }, signal);
    expect(results.map(({ details }) => details["seed"])).toEqual([seed, seed + 1]);
    expect(results[0]?.details).toMatchObject({ steps: 20, guidanceScale: 7, checkpoint: "fake" });
  });

  it("sends the picture to change, and its mask", async () => {
    const { provider, fake } = await open();
    const picture = { sha256: "ab".repeat(32), sizeBytes: 70, mime: "image/png" };
    const params = { picture, mask: picture, resize: "fill" };
    await provider.submit(request({ model: "img2img", params }), signal);
    expect(fake.received.find(({ url }) => url.endsWith("img2img"))?.body).toMatchObject({
      init_images: [smallPng(5).toString("base64")],
      mask: smallPng(5).toString("base64"),
      resize_mode: 2,
      denoising_strength: 0.75,
    });
    expect(provider.check(request({ model: "img2img" }))?.path).toBe("/params/picture");
  });

  it("tells how far a task is, also after the process that sent it has died", async () => {
    const { provider, fake, start } = await open();
    fake.misbehave("submit", { do: "never-finish" });
    const submit = provider.submit(request(), signal);
    await expect
      .poll(() => provider.poll({ id: "job-1" }, signal))
      .toMatchObject({ state: "running", step: "Sampling" });
    const again = start();
    expect(await again.find?.(request(), 0, signal)).toEqual([{ remote: { id: "job-1" } }]);
    expect(await again.poll({ id: "job-1" }, signal)).toMatchObject({ state: "running" });
    await again.cancel({ id: "job-1" }, signal);
    await submit;
    expect((await start().poll({ id: "job-1" }, signal)).state).toBe("succeeded");
  });

  it("says where the picture is when its answer was lost", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "drop-after-accept" });
    await expect(provider.submit(request(), signal)).rejects.toMatchObject({ code: "submit.lost" });
    expect(await provider.find?.(request(), 0, signal)).toHaveLength(1);
    expect(await provider.poll({ id: "job-1" }, signal)).toMatchObject({
      state: "failed",
      error: { code: "run.answer-lost", message: expect.stringContaining("output folder") },
      charge: { state: "none" },
    });
  });

  it("stops a task that waits for its turn, without touching the one at work", async () => {
    const { provider, fake } = await open();
    fake.setRunMs(400);
    const first = provider.submit(request(), signal);
    await expect.poll(() => provider.poll({ id: "job-1" }, signal)).toMatchObject({ state: "running" });
    const second = provider.submit(request({ jobId: "job-2" }), signal);
    await expect.poll(() => provider.poll({ id: "job-2" }, signal)).toMatchObject({ state: "queued" });
    await provider.cancel({ id: "job-2" }, signal);
    await Promise.all([first, second]);
    expect(await provider.poll({ id: "job-1" }, signal)).toMatchObject({ state: "succeeded" });
    expect(await provider.poll({ id: "job-2" }, signal)).toEqual({
      state: "canceled",
      charge: { state: "none" },
    });
  });

  it("hands on the web UI's own words when it fails", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "fail" });
    await expect(provider.submit(request(), signal)).rejects.toMatchObject({
      code: "request.invalid",
      message: expect.stringContaining("OutOfMemoryError. CUDA out of memory."),
    });
  });

  it("works with a server that cannot be asked for its tasks", async () => {
    const { provider, fake } = await open({ isHeadless: true });
    fake.setRunMs(300);
    const submit = provider.submit(request(), signal);
    await expect.poll(() => fake.submits()).toBe(1);
    expect(await provider.poll({ id: "job-1" }, signal)).toMatchObject({ state: "running", progress: 0 });
    await submit;
    expect(await provider.poll({ id: "job-1" }, signal)).toMatchObject({ state: "succeeded" });
    expect(await provider.find?.(request({ jobId: "job-2" }), 0, signal)).toEqual([]);
  });
});
