import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFalFake, type FalFake } from "../../testing/fal/create-fal-fake.ts";
import { PRIVATE_URL } from "../../testing/misbehave.ts";
import { pictureBlobs } from "../../testing/picture-blobs.ts";
import { settleRun, submitRun } from "../../testing/provider-contract.ts";
import { readZip } from "../../testing/read-zip.ts";
import { createTestHost } from "../../testing/test-host.ts";
import { ProviderError } from "../provider-error.ts";
import type { Provider, ProviderRequest } from "../provider.ts";
import { createFalProvider, type FalProviderOptions } from "./fal-provider.ts";

const signal = new AbortController().signal;
const { refs, blobs } = pictureBlobs(4);
const [first, second = first] = refs;
const image = (params: ProviderRequest["params"], model = "fal-ai/flux/dev"): ProviderRequest => ({
  jobId: "job-fal-1",
  kind: "image",
  model,
  prompt: "a quiet sea",
  params,
});
const training: ProviderRequest = {
  jobId: "job-fal-training",
  kind: "training",
  prompt: "",
  params: {
    images: refs.map((ref, index) => ({ image: ref, caption: index === 0 ? "" : `view ${index}` })),
    triggerWord: "inkstyle",
    steps: 300,
  },
};

interface Body {
  readonly image_url: string;
  readonly images_data_url: string;
  readonly loras: readonly { readonly path: string; readonly scale: number }[];
}

let fake: FalFake;
let provider: Provider;

function open(options: FalProviderOptions = {}, settings: Readonly<Record<string, string>> = {}): Provider {
  return createFalProvider(
    createTestHost("fal", { settings: { ...fake.settings, ...settings }, blobs }),
    options,
  );
}
const sent = () => fake.received.filter(({ call }) => call === "submit");
const firstBody = () => sent()[0]?.body as Body;

beforeEach(async () => {
  fake = await createFalFake();
  provider = open();
});
afterEach(async () => {
  await provider.close();
  await fake.close();
});

describe("what is sent to fal", () => {
  it("asks for PNG, for keeping, and with a seed that belongs to the job", async () => {
    await submitRun(provider, image({ width: 512, height: 512 }));
    await submitRun(provider, image({ width: 512, height: 512 }));
    expect(sent()[0]).toMatchObject({
      url: "/queue/fal-ai/flux/dev",
      headers: {
        "x-fal-store-io": "1",
        "x-fal-object-lifecycle-preference": '{"expiration_duration_seconds":604800}',
      },
      body: {
        prompt: "a quiet sea",
        image_size: { width: 512, height: 512 },
        num_inference_steps: 28,
        guidance_scale: 3.5,
        num_images: 1,
        seed: expect.any(Number),
        output_format: "png",
      },
    });
    expect(sent()[1]?.body).toEqual(sent()[0]?.body);
  });

  it("sends pictures and LoRAs of the studio first, each once", async () => {
    const params = {
      image: first,
      strength: 0.5,
      loras: [
        { blob: second, scale: 0.7 },
        { blob: second, scale: 0.2 },
        { url: "https://example.test/a.safetensors", scale: 1 },
      ],
    };
    const remote = await submitRun(provider, image(params, "fal-ai/flux-lora/image-to-image"));
    expect(fake.uploads.size).toBe(2);
    const body = firstBody();
    expect(fake.uploads.get(body.image_url)).toEqual(blobs.get(first.sha256));
    expect(body.loras.map(({ scale }) => scale)).toEqual([0.7, 0.2, 1]);
    expect(fake.uploads.get(body.loras[0]?.path ?? "")).toEqual(blobs.get(second.sha256));
    expect((await settleRun(provider, remote)).state).toBe("succeeded");
  });

  it("makes nothing of an upload that fails, which may be tried again", async () => {
    fake.misbehave("upload", { do: "status", status: 503 }, Infinity);
    const request = image({ image: first }, "fal-ai/flux/dev/image-to-image");
    await expect(provider.submit(request, signal)).rejects.toMatchObject({ code: "provider.unavailable" });
    expect(fake.submits()).toBe(0);
  });

  it("sends large files in parts, and takes up a part that failed", async () => {
    provider = open({ multipartOverBytes: 20, partBytes: 30 });
    fake.misbehave("upload", { do: "status", status: 502 });
    await submitRun(provider, image({ image: first }, "fal-ai/flux/dev/image-to-image"));
    const { image_url: url } = firstBody();
    expect(fake.uploads.get(url)).toEqual(blobs.get(first.sha256));
    const parts = fake.received.filter(
      ({ method, url: path }) => method === "PUT" && path.startsWith("/cdn/parts/"),
    );
    expect(parts).toHaveLength(Math.ceil(first.sizeBytes / 30));
    expect(parts[0]?.headers["authorization"]).toBe(`Key ${fake.settings["key"]}`);
  });

  it.for(["not-json", "truncate"] as const)("says so when storage answers no sense: %s", async (what) => {
    provider = open({ multipartOverBytes: 20 });
    fake.misbehave("upload", { do: what }, Infinity);
    const prepare = provider.prepare?.(image({ image: first }, "fal-ai/flux/dev/image-to-image"), signal);
    await expect(prepare).rejects.toBeInstanceOf(ProviderError);
  });

  it("gives the key to no upload host that the settings do not name", async () => {
    provider = open(
      { multipartOverBytes: 20 },
      { cdnUrl: "https://cdn.test", restUrl: `${fake.url.replace("127.0.0.1", "localhost")}/rest` },
    );
    await expect(
      provider.prepare?.(image({ image: first }, "fal-ai/flux/dev/image-to-image"), signal),
    ).rejects.toMatchObject({ code: "provider.unauthorized" });
    const parts = fake.received.filter(({ url }) => url.startsWith("/cdn/"));
    expect(parts.map(({ headers }) => headers["authorization"])).toEqual([undefined]);
  });
});

describe("training at fal", () => {
  it("zips pictures with captions that carry the trigger word, and brings the LoRA home", async () => {
    const remote = await submitRun(provider, training);
    const body = firstBody();
    expect(body).toMatchObject({ trigger_word: "inkstyle", steps: 300, is_style: false, create_masks: true });
    expect(body.images_data_url).toContain("job-fal-training.zip");
    const files = await readZip(fake.uploads.get(body.images_data_url) ?? Buffer.alloc(0));
    expect([...files.keys()].sort()).toEqual([1, 2, 3, 4].flatMap((n) => [`000${n}.png`, `000${n}.txt`]));
    expect(files.get("0001.txt")?.toString()).toBe("inkstyle");
    expect(files.get("0002.txt")?.toString()).toBe("inkstyle, view 1");
    expect((await settleRun(provider, remote)).state).toBe("succeeded");
    const results = await provider.results(remote, signal);
    expect(results.map(({ type, name }) => [type, name])).toEqual([
      ["lora", "flux-lora-fast-training-1.safetensors"],
      ["file", "flux-lora-fast-training-2.json"],
    ]);
  });

  it("wants four pictures and no prompt", () => {
    expect(provider.check(training)).toBeUndefined();
    const few = { ...training, params: { images: [{ image: first, caption: "" }] } };
    expect(provider.check(few)?.path).toBe("/params/images");
  });

  it("finds a lost training by its settings and the name of its upload", async () => {
    const submittedAt = Date.now();
    await submitRun(provider, { ...training, jobId: "job-other" });
    fake.misbehave("submit", { do: "drop-after-accept" });
    await expect(submitRun(provider, training)).rejects.toMatchObject({ code: "submit.lost" });
    const found = await provider.find?.(training, submittedAt, signal);
    expect(found).toHaveLength(1);
    expect(fake.runs.get(found?.[0]?.remote.id ?? "")?.request.input["images_data_url"]).toContain(
      "job-fal-training.zip",
    );
    expect(await provider.find?.(training, submittedAt + 600_000, signal)).toEqual([]);
  });
});

describe("money at fal", () => {
  it("estimates by the price list, and reports what the result says was charged", async () => {
    const request = image({ width: 1024, height: 1024, count: 3 });
    expect(await provider.estimate(request)).toEqual({ state: "estimated", usd: 0.15 });
    const remote = await submitRun(provider, request);
    expect(await settleRun(provider, remote)).toEqual({
      state: "succeeded",
      charge: { state: "reported", usd: 0.15 },
    });
    expect(fake.bill()).toEqual([{ runId: remote.id, usd: 0.15 }]);
  });

  it("estimates seconds of video, and by fal's own estimate where the unit says nothing", async () => {
    const video = { ...image({ duration: "4s" }, "fal-ai/veo3"), kind: "video" as const };
    expect(await provider.estimate(video)).toEqual({ state: "estimated", usd: 1.6 });
    expect(await provider.estimate(training)).toEqual({ state: "estimated", usd: 2 });
  });

  it("says that it does not know when the price list cannot be had", async () => {
    const adapter = open({}, { apiUrl: `${fake.url}/nowhere` });
    expect(await adapter.estimate(image({}))).toEqual({ state: "unknown" });
    const remote = await submitRun(adapter, image({}));
    expect(await settleRun(adapter, remote)).toEqual({ state: "succeeded", charge: { state: "unknown" } });
  });

  it("charges nothing for a failure of fal's own", async () => {
    fake.misbehave("submit", { do: "fail" });
    const state = await settleRun(provider, await submitRun(provider, image({})));
    expect(state).toEqual({
      state: "failed",
      error: { code: "runner_server_error", message: "The runner ran out of memory." },
      charge: { state: "none" },
    });
    expect(fake.bill()).toEqual([]);
  });
});

it("sends the key to no address that an answer makes up", async () => {
  fake.misbehave("submit", { do: "redirect-to-private" });
  const remote = await submitRun(provider, image({}));
  expect(JSON.stringify(remote)).not.toContain("169.254");
  expect((await settleRun(provider, remote)).state).toBe("succeeded");
  const swapped = { ...remote, statusUrl: PRIVATE_URL, responseUrl: "https://evil.test/x" };
  expect((await provider.poll(swapped, signal)).state).toBe("succeeded");
});

it("follows no result to a private address", async () => {
  const remote = await submitRun(provider, image({}));
  await settleRun(provider, remote);
  fake.misbehave("results", { do: "redirect-to-private" });
  const [result] = await provider.results(remote, signal);
  await expect(result?.open(signal)).rejects.toMatchObject({ code: "provider.answer-invalid" });
});

it("takes a result that cannot be had for the moment for no failure of the run", async () => {
  const remote = await submitRun(provider, image({}));
  await settleRun(provider, remote);
  fake.misbehave("results", { do: "status", status: 503 });
  await expect(provider.poll(remote, signal)).rejects.toMatchObject({ code: "provider.unavailable" });
  fake.misbehave("results", { do: "status", status: 502 });
  await expect(provider.results(remote, signal)).rejects.toMatchObject({ code: "provider.unavailable" });
  expect((await provider.poll(remote, signal)).state).toBe("succeeded");
  expect(await provider.results(remote, signal)).toHaveLength(1);
});

it("says of each picture how it was made, for a run that was found again too", async () => {
  const submittedAt = Date.now();
  const request = image({ steps: 12, guidance: 5, seed: 7 });
  const remote = await submitRun(provider, request);
  await settleRun(provider, remote);
  const [found] = (await provider.find?.(request, submittedAt, signal)) ?? [];
  for (const run of [remote, found?.remote ?? remote]) {
    const [result] = await provider.results(run, signal);
    expect(result?.details).toEqual({ seed: 7, steps: 12, guidanceScale: 5, width: 8, height: 8 });
  }
});

it("tells the place in the queue, then what the console says, and hands its lines on", async () => {
  const remote = await submitRun(provider, image({}));
  fake.runs.hold(remote.id, 0);
  expect(await provider.poll(remote, signal)).toEqual({
    state: "queued",
    progress: 0,
    step: "Waiting at fal, 2 before it",
  });
  fake.runs.hold(remote.id, 0.45);
  expect(await provider.poll(remote, signal)).toEqual({
    state: "running",
    progress: 0.45,
    step: "45%|████| 45/100",
  });
  fake.setRunMs(0);
  const done = await submitRun(provider, image({}));
  expect(await provider.readLines?.(done, 0, signal)).toEqual({
    lines: ["Loading the model", "100%|████| 100/100"],
    next: 2,
  });
  expect(await provider.readLines?.(done, 2, signal)).toEqual({ lines: [], next: 2 });
});
