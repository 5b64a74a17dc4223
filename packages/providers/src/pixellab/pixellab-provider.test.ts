import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import { createPixellabFake, type PixellabFakeOptions } from "../../testing/pixellab-fake.ts";
import { settleRun } from "../../testing/provider-contract.ts";
import { createMemoryAnswers, createTestHost } from "../../testing/test-host.ts";
import type { Provider, ProviderRequest } from "../provider.ts";
import { createPixellabProvider } from "./pixellab-provider.ts";

const signal = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: PixellabFakeOptions = {}) {
  const fake = await createPixellabFake(options);
  const answers = createMemoryAnswers();
  const start = (): Provider =>
    createPixellabProvider(createTestHost("pixellab", { settings: fake.settings, answers }));
  const provider = start();
  opened.push(provider, fake);
  return { fake, provider, answers, start };
}

function request(over: Partial<ProviderRequest> = {}): ProviderRequest {
  const params = { width: 48, height: 32, seed: 9 };
  return { jobId: "job-1", kind: "sprite", model: "pixflux", prompt: "a knight", params, ...over };
}

async function picturesOf(provider: Provider, remote: { id: string }): Promise<readonly Buffer[]> {
  const results = await provider.results(remote, signal);
  return Promise.all(
    results.map(async (result) => Buffer.concat(await Array.fromAsync(await result.open(signal)))),
  );
}

describe("pictures that come with the answer", () => {
  it("reports the price that PixelLab named and keeps seed and size with the picture", async () => {
    const { provider, fake } = await open();
    const remote = await provider.submit(request(), signal);
    expect(await provider.poll(remote, signal)).toEqual({
      state: "succeeded",
      charge: { state: "reported", usd: 0.0079 },
    });
    const [result] = await provider.results(remote, signal);
    expect(result).toMatchObject({ name: "pixflux-1.png", details: { seed: 9, width: 48, height: 32 } });
    expect(fake.received.findLast(({ call }) => call === "submit")?.body).toEqual({
      description: "a knight",
      image_size: { width: 48, height: 32 },
      no_background: false,
      seed: 9,
    });
  });

  it("finds the answer again after the process has died, until it is forgotten", async () => {
    const { provider, start, fake } = await open();
    await provider.submit(request(), signal);
    const again = start();
    const [found] = await (again.find?.(request(), 0, signal) ?? []);
    expect(found?.remote).toEqual({ id: "job-1" });
    expect((await again.poll({ id: "job-1" }, signal)).state).toBe("succeeded");
    expect(await again.submit(request(), signal)).toEqual({ id: "job-1" });
    expect(fake.submits()).toBe(1);
    await again.forget?.({ id: "job-1" });
    expect(await again.poll({ id: "job-1" }, signal)).toEqual({ state: "missing" });
    expect(await again.find?.(request(), 0, signal)).toEqual([]);
  });

  it("names no price when a subscription paid", async () => {
    const { provider } = await open({ isSubscribed: true });
    const remote = await provider.submit(request(), signal);
    expect(await provider.poll(remote, signal)).toMatchObject({ charge: { state: "unknown" } });
    expect((await provider.results(remote, signal))[0]?.details).toMatchObject({ generations: 1 });
  });

  it.for([null, "free", { type: 7, usd: "0.1", generations: -1 }, { usd: -1 }])(
    "keeps a picture whose price stands there as %j, and says that it is not known",
    async (usage) => {
      const { provider } = await open({ usage });
      const remote = await provider.submit(request(), signal);
      expect(await provider.poll(remote, signal)).toEqual({
        state: "succeeded",
        charge: { state: "unknown" },
      });
      expect(await picturesOf(provider, remote)).toHaveLength(1);
    },
  );

  it("tells from the balance that a lost picture was charged", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "drop-after-accept" });
    await expect(provider.submit(request(), signal)).rejects.toMatchObject({ code: "submit.lost" });
    const [found] = await (provider.find?.(request(), 0, signal) ?? []);
    const state = await provider.poll(found?.remote ?? { id: "" }, signal);
    expect(state).toMatchObject({
      state: "failed",
      error: { code: "submit.lost", message: expect.stringContaining("fell by $0.0079") },
      charge: { state: "estimated", usd: 0.0079 },
    });
  });

  it("claims nothing of a lost picture when the balance stands still", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "drop-before-accept" });
    await expect(provider.submit(request(), signal)).rejects.toMatchObject({ code: "submit.lost" });
    expect(await provider.poll({ id: "job-1" }, signal)).toMatchObject({
      state: "failed",
      error: { message: expect.stringContaining("has not changed") },
      charge: { state: "unknown" },
    });
  });

  it("takes an overloaded service for a refusal, after which the job may go again", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "status", status: 529 });
    await expect(provider.submit(request(), signal)).rejects.toMatchObject({ code: "provider.unavailable" });
    await provider.submit(request(), signal);
    expect((await provider.poll({ id: "job-1" }, signal)).state).toBe("succeeded");
  });

  it("stops waiting when the job is cancelled, and says that the charge is unknown", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "never-finish" });
    const submit = provider.submit(request(), signal);
    await expect.poll(() => fake.submits()).toBe(1);
    expect((await provider.poll({ id: "job-1" }, signal)).state).toBe("running");
    await provider.cancel({ id: "job-1" }, signal);
    const remote = await submit;
    expect(await provider.poll(remote, signal)).toEqual({ state: "canceled", charge: { state: "unknown" } });
    await expect(provider.results(remote, signal)).rejects.toMatchObject({ code: "result.missing" });
  });

  it("sends a picture of the studio along", async () => {
    const picture = await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
      .webp()
      .toBuffer();
    const fake = await createPixellabFake();
    const sha256 = "ab".repeat(32);
    const host = createTestHost("pixellab", {
      settings: fake.settings,
      blobs: new Map([[sha256, picture]]),
    });
    const provider = createPixellabProvider(host);
    opened.push(provider, fake);
    const initImage = { sha256, sizeBytes: picture.byteLength, mime: "image/webp" };
    await provider.submit(request({ params: { width: 32, height: 32, initImage } }), signal);
    const sent = fake.received.findLast(({ call }) => call === "submit")?.body;
    expect(sent).toMatchObject({
      init_image: { type: "base64", format: "png", base64: expect.stringMatching(/^iVBOR/) },
    });
  });
});

describe("background jobs of v2", () => {
  const pro = request({ model: "generate-v2", params: { width: 32, height: 16 } });

  it("turns bare RGBA pixels into PNG files of the size that was asked for", async () => {
    const { provider } = await open();
    const remote = await provider.submit(pro, signal);
    expect(await settleRun(provider, remote)).toEqual({
      state: "succeeded",
      charge: { state: "reported", usd: 0.0079 },
    });
    const pictures = await picturesOf(provider, remote);
    expect(pictures).toHaveLength(2);
    const { data, info } = await sharp(pictures[0]).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 32, height: 16, channels: 4 });
    expect([...data.subarray(0, 8)]).toEqual([0xff, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f]);
  });

  it("keeps a finished job, which PixelLab cleans up", async () => {
    const { provider, fake, start } = await open();
    const remote = await provider.submit(pro, signal);
    await settleRun(provider, remote);
    fake.misbehave("poll", { do: "expired" }, Infinity);
    expect((await start().poll(remote, signal)).state).toBe("succeeded");
    expect(await picturesOf(start(), remote)).toHaveLength(2);
  });

  it("reports a failure in PixelLab's words and a job that is gone as missing", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "fail" });
    const remote = await provider.submit(pro, signal);
    expect(await settleRun(provider, remote)).toMatchObject({
      state: "failed",
      error: { message: "Out of ideas" },
      charge: { state: "reported", usd: 0.0079 },
    });
    expect(await provider.poll({ ...remote, id: "gone" }, signal)).toEqual({ state: "missing" });
  });

  it("says that a result is missing when the finished job has none", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "lose-result" });
    const remote = await provider.submit(pro, signal);
    await settleRun(provider, remote);
    await expect(provider.results(remote, signal)).rejects.toMatchObject({ code: "result.missing" });
  });
});
