import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pictureBlobs } from "../../testing/picture-blobs.ts";
import { settleRun, submitRun } from "../../testing/provider-contract.ts";
import { readZip } from "../../testing/read-zip.ts";
import { createReplicateFake, type ReplicateFake } from "../../testing/replicate/create-replicate-fake.ts";
import { smallSafetensors } from "../../testing/small-files.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Provider, ProviderRequest } from "../provider.ts";
import { createReplicateProvider } from "./replicate-provider.ts";

const signal = new AbortController().signal;
const { refs, blobs } = pictureBlobs(2);
const [first, second = first] = refs;
const VERSION = "d".repeat(64);
const base: ProviderRequest = { jobId: "job-1", kind: "image", prompt: "a quiet sea", params: {} };
const training: ProviderRequest = {
  jobId: "job-training",
  kind: "training",
  prompt: "",
  params: {
    images: refs.map((image) => ({ image, caption: "a harbour" })),
    triggerWord: "inkstyle",
    steps: 300,
  },
};

let fake: ReplicateFake;
let provider: Provider;

function open(settings: Readonly<Record<string, string | undefined>> = {}): Provider {
  return createReplicateProvider(
    createTestHost("replicate", { settings: { ...fake.settings, ...settings }, blobs }),
  );
}
const sent = () => fake.received.filter(({ call }) => call === "submit");
const firstInput = () => (sent()[0]?.body as { input: Record<string, string> } | undefined)?.input ?? {};

beforeEach(async () => {
  fake = await createReplicateFake();
  provider = open();
});
afterEach(async () => {
  await provider.close();
  await fake.close();
});

describe("what is sent to Replicate", () => {
  it("asks a model by its name for PNG, with a seed that belongs to the job and the job's webhook", async () => {
    await provider.submit(base, signal, { webhookUrl: "https://studio.test/hook" });
    expect(sent()[0]).toMatchObject({
      url: "/v1/models/black-forest-labs/flux-dev/predictions",
      body: {
        input: {
          prompt: "a quiet sea",
          aspect_ratio: "1:1",
          num_inference_steps: 28,
          guidance: 3,
          num_outputs: 1,
          output_format: "png",
          seed: expect.any(Number),
        },
        webhook: "https://studio.test/hook",
        webhook_events_filter: ["completed"],
      },
    });
  });

  it("goes without a webhook that Replicate would refuse the run for", async () => {
    await provider.submit(base, signal, { webhookUrl: "http://studio.test/hook" });
    expect(sent()[0]?.body).not.toHaveProperty("webhook");
  });

  it("uploads pictures and LoRAs, and starts from the picture's shape", async () => {
    const params = { image: first, strength: 0.4, loras: [{ blob: second, scale: 0.7 }] };
    await submitRun(provider, { ...base, model: "black-forest-labs/flux-dev-lora", params });
    const input = firstInput();
    expect(input).toMatchObject({ prompt_strength: 0.4, lora_scale: 0.7 });
    expect(input).not.toHaveProperty("aspect_ratio");
    expect(fake.uploads.get(input["image"] ?? "")).toEqual(blobs.get(first.sha256));
    expect(fake.uploads.get(input["lora_weights"] ?? "")).toEqual(blobs.get(second.sha256));
  });

  it("runs a version of one's own", async () => {
    const params = { version: `studio/inkstyle:${VERSION}`, loraScale: 0.8, count: 1 };
    const remote = await submitRun(provider, { ...base, model: "own-version", params });
    expect(sent()[0]).toMatchObject({
      url: "/v1/predictions",
      body: { version: VERSION, input: { lora_scale: 0.8, guidance_scale: 3 } },
    });
    expect((await settleRun(provider, remote)).state).toBe("succeeded");
    expect(provider.check({ ...base, model: "own-version", params: {} })?.path).toBe("/params/version");
  });
});

describe("training at Replicate", () => {
  it("trains towards the destination and takes the LoRA out of the archive", async () => {
    const remote = await submitRun(provider, training);
    expect(sent()[0]).toMatchObject({
      url: `/v1/models/ostris/flux-dev-lora-trainer/versions/${"f".repeat(64)}/trainings`,
      body: {
        destination: "studio/inkstyle",
        input: { trigger_word: "inkstyle", steps: 300, autocaption: false, lora_rank: 16 },
      },
    });
    const { input_images: zip = "" } = firstInput();
    const files = await readZip(fake.uploads.get(zip) ?? Buffer.alloc(0));
    expect(files.get("0002.txt")?.toString()).toBe("inkstyle, a harbour");
    expect((await settleRun(provider, remote)).state).toBe("succeeded");
    const results = await provider.results(remote, signal);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      type: "lora",
      name: "flux-dev-lora-trainer-1.safetensors",
      details: { replicateVersion: `studio/inkstyle:${"e".repeat(64)}` },
    });
    const bytes = Buffer.concat(await Array.fromAsync((await results[0]?.open(signal)) ?? []));
    expect(bytes.equals(smallSafetensors("inkstyle"))).toBe(true);
  });

  it("stays with the version that the settings pin", async () => {
    provider = open({ trainer: "studio/trainer:abc123" });
    await submitRun(provider, training);
    expect(sent()[0]?.url).toBe("/v1/models/studio/trainer/versions/abc123/trainings");
  });

  it.for([{ destination: undefined }, { destination: "no-slash" }, { trainer: "../../account" }])(
    "sends nothing without settings that make sense: %j",
    async (settings) => {
      const adapter = open(settings);
      await expect(adapter.submit(training, signal)).rejects.toMatchObject({
        code: "provider.not-configured",
      });
      expect(fake.received).toEqual([]);
    },
  );

  it("cancels a training, and finds one whose answer was lost, though lists keep inputs back", async () => {
    fake.setRunMs(60_000);
    const remote = await submitRun(provider, training);
    await provider.cancel(remote, signal);
    expect(await provider.poll(remote, signal)).toEqual({ state: "canceled", charge: { state: "unknown" } });
    const submittedAt = Date.now();
    const other = { ...training, params: { ...training.params, steps: 301 } };
    fake.misbehave("submit", { do: "drop-after-accept" });
    await expect(submitRun(provider, other)).rejects.toMatchObject({ code: "submit.lost" });
    const found = await provider.find?.(other, submittedAt, signal);
    expect(found).toHaveLength(1);
    expect(await provider.poll(found?.[0]?.remote ?? remote, signal)).toMatchObject({ state: "queued" });
  });
});

it("says of each picture how it was made", async () => {
  const remote = await submitRun(provider, { ...base, params: { steps: 12, guidance: 5, seed: 7 } });
  await settleRun(provider, remote);
  const [result] = await provider.results(remote, signal);
  expect(result?.details).toEqual({ seed: 7, steps: 12, guidanceScale: 5 });
});

it("looks for a lost run through more than one page", async () => {
  const submittedAt = Date.now();
  const lost = { ...base, jobId: "job-lost" };
  fake.misbehave("submit", { do: "drop-after-accept" });
  await expect(submitRun(provider, lost)).rejects.toMatchObject({ code: "submit.lost" });
  for (let count = 0; count < 4; count += 1)
    await submitRun(provider, { ...base, jobId: `job-later-${count}` });
  const found = await provider.find?.(lost, submittedAt, signal);
  expect(found?.map(({ remote }) => remote.id)).toEqual([fake.runs.all().at(-1)?.id]);
});

it("brings a video home", async () => {
  const video = { ...base, kind: "video" as const, params: { firstFrame: first } };
  const remote = await submitRun(provider, video);
  await settleRun(provider, remote);
  const [result] = await provider.results(remote, signal);
  expect(result).toMatchObject({ type: "video", name: "video-01-1.mp4" });
  expect(result?.expiresAt).toBeGreaterThan(Date.now());
});

it("says that a result is gone once Replicate has removed it", async () => {
  fake.misbehave("submit", { do: "lose-result" });
  const remote = await submitRun(provider, base);
  await settleRun(provider, remote);
  await expect(provider.results(remote, signal)).rejects.toMatchObject({
    code: "result.missing",
    message: "Replicate has deleted what this run made.",
  });
});

it("sends the key to no address that an answer makes up, and follows none to a private place", async () => {
  fake.misbehave("submit", { do: "redirect-to-private" });
  const remote = await submitRun(provider, base);
  expect(JSON.stringify(remote)).not.toContain("169.254");
  expect((await settleRun(provider, remote)).state).toBe("succeeded");
  fake.misbehave("poll", { do: "redirect-to-private" });
  const [result] = await provider.results(remote, signal);
  await expect(result?.open(signal)).rejects.toMatchObject({ code: "provider.answer-invalid" });
});

it("takes an upload that did not arrive as it was sent for none", async () => {
  const wrong = pictureBlobs(1);
  const host = createTestHost("replicate", { settings: fake.settings, blobs: wrong.blobs });
  const twisted = createReplicateProvider({
    ...host,
    async fetch(url, init) {
      const answer = await host.fetch(url, init);
      const text = await answer.text();
      return new Response(text.replace(/"sha256":"[0-9a-f]+"/, `"sha256":"${"0".repeat(64)}"`), answer);
    },
  });
  await expect(twisted.submit({ ...base, params: { image: wrong.refs[0] } }, signal)).rejects.toMatchObject({
    code: "provider.unavailable",
  });
  expect(fake.submits()).toBe(0);
});

it("follows progress by the run's own console", async () => {
  const remote = await submitRun(provider, base);
  fake.runs.hold(remote.id, 0);
  expect(await provider.poll(remote, signal)).toEqual({
    state: "queued",
    progress: 0,
    step: "Waiting at Replicate",
  });
  fake.runs.hold(remote.id, 0.6);
  expect(await provider.poll(remote, signal)).toEqual({
    state: "running",
    progress: 0.6,
    step: " 60%|██  | 60/100",
  });
  const { lines, next } = (await provider.readLines?.(remote, 1, signal)) ?? { lines: [], next: 0 };
  expect([lines.length, next]).toEqual([2, 3]);
});

describe("money at Replicate", () => {
  const prices = { trainingUsdPerSecond: "0.0015", ownVersionUsdPerSecond: "0.001" };
  const own: ProviderRequest = { ...base, model: "own-version", params: { version: VERSION } };
  const chargeOf = async (request: ProviderRequest, settings: Readonly<Record<string, string>>) => {
    const adapter = open(settings);
    const state = await settleRun(adapter, await submitRun(adapter, request));
    await adapter.close();
    return state;
  };

  it("counts a machine's time at the price that the owner gave", async () => {
    fake.setRunMs(200);
    const charge = (usd: number) => ({ state: "succeeded", charge: { state: "estimated", usd } });
    expect(await chargeOf(training, prices)).toEqual(charge(0.0003));
    expect(await chargeOf(own, prices)).toEqual(charge(0.0002));
  });

  it("says that it does not know without one, and of models that have a price for each picture", async () => {
    const unknown = { state: "succeeded", charge: { state: "unknown" } };
    expect(await chargeOf(training, {})).toEqual(unknown);
    expect(await chargeOf(training, { trainingUsdPerSecond: "much" })).toEqual(unknown);
    expect(await chargeOf(base, prices)).toEqual(unknown);
  });
});
