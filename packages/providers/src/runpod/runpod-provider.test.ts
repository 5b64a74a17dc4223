import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pictureBlobs } from "../../testing/picture-blobs.ts";
import { settleRun, submitRun } from "../../testing/provider-contract.ts";
import { readZip } from "../../testing/read-zip.ts";
import { createRunpodFake, type RunpodFake } from "../../testing/runpod/create-runpod-fake.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Provider, ProviderRequest } from "../provider.ts";
import { createRunpodProvider } from "./runpod-provider.ts";

const signal = new AbortController().signal;
const { refs, blobs } = pictureBlobs(2);
const [first] = refs;
const base: ProviderRequest = { jobId: "job-1", kind: "image", prompt: "a quiet sea", params: {} };
const training: ProviderRequest = {
  jobId: "job-training",
  kind: "training",
  prompt: "",
  params: { images: refs.map((image) => ({ image, caption: "a harbour" })), triggerWord: "inkstyle" },
};

let fake: RunpodFake;
let provider: Provider;

function open(settings: Readonly<Record<string, string | undefined>> = {}): Provider {
  return createRunpodProvider(
    createTestHost("runpod", { settings: { ...fake.settings, ...settings }, blobs }),
  );
}
const lastRun = () => fake.runs.all()[0]?.request;

beforeEach(async () => {
  fake = await createRunpodFake();
  provider = open();
});
afterEach(async () => {
  await provider.close();
  await fake.close();
});

describe("what is sent to RunPod", () => {
  it("always says how long a worker may take, and how long the job may exist", async () => {
    await provider.submit(base, signal, { webhookUrl: "https://studio.test/hook/secret" });
    expect(lastRun()).toMatchObject({
      endpoint: "gen-endpoint-1",
      policy: { executionTimeout: 30 * 60_000, ttl: 30 * 60_000 + 86_400_000 },
      webhook: "https://studio.test/hook/secret",
    });
    await submitRun(provider, training);
    expect(lastRun()?.policy).toEqual({ executionTimeout: 12 * 3_600_000, ttl: 36 * 3_600_000 });
    const params = { ...training.params, timeLimitMinutes: 1440 };
    await submitRun(provider, { ...training, params });
    expect(lastRun()?.policy["executionTimeout"]).toBe(86_400_000);
  });

  it("fills the usual input, and leaves out what was not given", async () => {
    await submitRun(provider, base);
    expect(lastRun()?.input).toEqual({
      prompt: "a quiet sea",
      width: 1024,
      height: 1024,
      num_inference_steps: 28,
      guidance_scale: 3.5,
      seed: expect.any(Number),
      num_images: 1,
    });
    const loras = [{ url: "https://example.test/a.safetensors", scale: 0.5 }];
    await submitRun(provider, { ...base, negativePrompt: "fog", params: { image: first, loras } });
    expect(lastRun()?.input).toMatchObject({
      negative_prompt: "fog",
      image: `data:image/png;base64,${Buffer.from(blobs.get(first.sha256) ?? "").toString("base64")}`,
      strength: 0.8,
      loras: [{ path: "https://example.test/a.safetensors", scale: 0.5 }],
    });
  });

  it("speaks the language of a worker by the template of the settings", async () => {
    const generationInput = JSON.stringify({
      workflow: { "6": { inputs: { text: "{{prompt}}, ink" } }, "3": { inputs: { seed: "{{seed}}" } } },
    });
    await submitRun(open({ generationInput }), { ...base, params: { seed: 7 } });
    expect(lastRun()?.input).toEqual({
      workflow: { "6": { inputs: { text: "a quiet sea, ink" } }, "3": { inputs: { seed: 7 } } },
    });
  });

  it.for([
    [{ generationInput: "{" }, base],
    [{ generationInput: "[]" }, base],
    [{ generationEndpoint: "../v2/other" }, base],
    [{ trainingEndpoint: undefined }, training],
  ] as const)("sends nothing with settings that make no sense: %j", async ([settings, request]) => {
    await expect(open(settings).submit(request, signal)).rejects.toMatchObject({
      code: "provider.not-configured",
    });
    expect(fake.received).toEqual([]);
  });
});

describe("training at RunPod", () => {
  it("sends the pictures in the request and brings the LoRA home", async () => {
    const remote = await submitRun(provider, training);
    const { images_zip: zip, ...rest } = lastRun()?.input ?? {};
    expect(rest).toEqual({
      name: "job-training",
      trigger_word: "inkstyle",
      steps: 1000,
      rank: 16,
      learning_rate: 0.0004,
      resolution: 1024,
    });
    const files = await readZip(Buffer.from(String(zip), "base64"));
    expect(files.get("0001.txt")?.toString()).toBe("inkstyle, a harbour");
    await settleRun(provider, remote);
    const results = await provider.results(remote, signal);
    expect(results.map(({ type, name }) => [type, name])).toEqual([
      ["lora", "runpod-training-1.safetensors"],
    ]);
  });

  it("can send pictures one by one, or the address of a data set", async () => {
    const trainingInput = JSON.stringify({ pictures: "{{images}}", url: "{{imagesUrl}}" });
    provider = open({ trainingInput });
    await submitRun(provider, training);
    expect(lastRun()?.input).toMatchObject({
      pictures: [
        { name: "0.png", caption: "inkstyle, a harbour", base64: expect.stringMatching(/^iVBOR/) },
        { name: "1.png" },
      ],
    });
    const params = { imagesUrl: "https://example.test/set.zip" };
    await submitRun(provider, { ...training, params });
    expect(lastRun()?.input).toEqual({ url: "https://example.test/set.zip" });
  });

  it("says before anything is sent that there are no pictures, or too many for a request", () => {
    expect(provider.check({ ...training, params: {} })?.path).toBe("/params/images");
    const large = { image: { ...first, sizeBytes: 8_000_000 }, caption: "" };
    const fault = provider.check({ ...training, params: { images: [large] } });
    expect(fault).toMatchObject({ path: "/params/images", message: expect.stringContaining("10 MB") });
    const lora = { blob: first, scale: 1 };
    expect(provider.check({ ...base, params: { loras: [lora] } })?.path).toBe("/params/loras/0/url");
  });
});

describe("what RunPod's workers answer", () => {
  const png = Buffer.from(blobs.get(first.sha256) ?? "").toString("base64");

  it.for([
    [
      "a list of addresses",
      { images: ["https://a.test/1.png", "https://a.test/2.webp"] },
      ["image", "image"],
    ],
    ["base64 under any name", { message: png, status: "success" }, ["image"]],
    [
      "a data URL, and the same again in a list",
      { image_url: `data:image/png;base64,${png}`, images: [png] },
      ["image"],
    ],
    ["a bare address without an ending", "https://a.test/result?id=1", ["image"]],
    ["a list of videos", [{ video: "https://a.test/v.mp4" }], ["video"]],
    ["a nested archive", { result: { files: [{ name: "set.zip", url: "https://a.test/x.zip" }] } }, ["file"]],
  ] as const)("finds files in %s", async ([, output, types]) => {
    fake.setOutput(output);
    const remote = await submitRun(provider, base);
    expect((await settleRun(provider, remote)).state).toBe("succeeded");
    expect((await provider.results(remote, signal)).map(({ type }) => type)).toEqual(types);
  });

  it.for([
    [{ seed: 7, text: "done" }],
    ["all is well"],
    [{ images: [] }],
    [{ images: ["bm90IGEgcGljdHVyZQ=="] }],
  ])("finds none in %j", async ([output]) => {
    fake.setOutput(output);
    const remote = await submitRun(provider, base);
    await settleRun(provider, remote);
    await expect(provider.results(remote, signal)).rejects.toMatchObject({ code: "result.missing" });
  });

  it("takes an error that is put out for a failure", async () => {
    fake.setOutput({ error: "No GPU memory left." });
    const state = await settleRun(provider, await submitRun(provider, base));
    expect(state).toMatchObject({ state: "failed", error: { message: "No GPU memory left." } });
  });

  it("unwraps a worker's exception", async () => {
    fake.setError(
      JSON.stringify({ error_type: "<class 'ValueError'>", error_message: "bad size", error_traceback: "…" }),
    );
    fake.misbehave("submit", { do: "fail" });
    const state = await settleRun(provider, await submitRun(provider, base));
    expect(state).toMatchObject({ state: "failed", error: { code: "run.failed", message: "bad size" } });
  });

  it("says when the time limit ended a run", async () => {
    fake.setEnd("TIMED_OUT");
    const state = await settleRun(provider, await submitRun(provider, base));
    expect(state).toMatchObject({ state: "failed", error: { code: "run.timed-out" } });
  });

  it("reports what the worker says of its progress", async () => {
    const remote = await submitRun(provider, base);
    fake.runs.hold(remote.id, 0);
    expect(await provider.poll(remote, signal)).toMatchObject({ state: "queued", progress: 0 });
    fake.runs.hold(remote.id, 0.6);
    expect(await provider.poll(remote, signal)).toEqual({ state: "running", progress: 0.6 });
  });

  it("follows no result to a private address", async () => {
    const remote = await submitRun(provider, base);
    await settleRun(provider, remote);
    fake.misbehave("poll", { do: "redirect-to-private" });
    const [result] = await provider.results(remote, signal);
    await expect(result?.open(signal)).rejects.toMatchObject({ code: "provider.answer-invalid" });
  });
});

describe("money at RunPod", () => {
  it("counts the worker's time at the price that the owner gave", async () => {
    const state = await settleRun(provider, await submitRun(provider, base));
    expect(state).toEqual({ state: "succeeded", charge: { state: "estimated", usd: 0.0008 } });
    expect(fake.bill().map(({ usd }) => usd)).toEqual([0.0008]);
  });

  it("says that it does not know without one, and never guesses beforehand", async () => {
    const adapter = open({ generationUsdPerSecond: undefined });
    expect(await adapter.estimate(base)).toEqual({ state: "unknown" });
    const state = await settleRun(adapter, await submitRun(adapter, base));
    expect(state).toEqual({ state: "succeeded", charge: { state: "unknown" } });
  });
});

it("takes a call to the webhook for a hint and believes nothing in it", async () => {
  const { headers, body } = fake.webhook("job-abc");
  expect(await provider.verifyWebhook?.(headers, body)).toEqual({ id: "job-abc" });
  for (const bad of ["", "{", "[]", '{"id":7}', '{"id":""}', `{"id":"${"x".repeat(300)}"}`]) {
    expect(await provider.verifyWebhook?.(headers, Buffer.from(bad))).toBeUndefined();
  }
});

it("says of each picture how it was made", async () => {
  const remote = await submitRun(provider, { ...base, params: { steps: 12, guidance: 5, seed: 7 } });
  await settleRun(provider, remote);
  const [result] = await provider.results(remote, signal);
  expect(result?.details).toEqual({ seed: 7, steps: 12, guidanceScale: 5 });
});

it("finds a run of which no more than the id is known, whichever endpoint has it", async () => {
  const { id } = await submitRun(provider, training);
  expect(await settleRun(provider, { id })).toMatchObject({
    state: "succeeded",
    charge: { state: "unknown" },
  });
  expect((await provider.results({ id }, signal)).map(({ type }) => type)).toEqual(["lora"]);
  fake.setRunMs(60_000);
  const other = await submitRun(provider, training);
  await provider.cancel({ id: other.id }, signal);
  expect((await provider.poll({ id: other.id }, signal)).state).toBe("canceled");
  expect(await provider.poll({ id: "never-sent" }, signal)).toEqual({ state: "missing" });
});

it("names a run as the one of a request by its id alone, with how its pictures are made", async () => {
  const request = { ...base, params: { steps: 12, seed: 7 } };
  const sent = await submitRun(provider, request);
  expect(await provider.named?.(request, sent.id)).toEqual(sent);
  const { id } = await submitRun(provider, training);
  const remote = await provider.named?.(training, id);
  expect(remote).toEqual({ id, endpoint: "train-endpoint-1", model: "training" });
});

it("asks for no id that would lead elsewhere in the address", async () => {
  const before = fake.received.length;
  for (const id of ["..", "../health", "a/b", "a?b", ""])
    expect(await provider.poll({ id, endpoint: "gen-endpoint-1" }, signal)).toEqual({ state: "missing" });
  expect(fake.received).toHaveLength(before);
});

it("tells of its endpoints when the connection is tested, and when there are none", async () => {
  expect(await provider.testConnection?.(signal)).toMatchObject({
    ok: true,
    detail:
      "gen-endpoint-1: 1 workers idle, 3 at work, 2 jobs waiting; train-endpoint-1: 1 workers idle, 3 at work, 2 jobs waiting.",
  });
  const none = open({ generationEndpoint: undefined, trainingEndpoint: undefined });
  expect(await none.testConnection?.(signal)).toMatchObject({ ok: false, code: "provider.not-configured" });
  const wrong = open({ generationEndpoint: "no-such-endpoint" });
  expect(await wrong.testConnection?.(signal)).toMatchObject({ ok: false, code: "request.invalid" });
});
