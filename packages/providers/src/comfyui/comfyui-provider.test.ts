import { afterEach, describe, expect, it } from "vitest";
import { type ComfyuiFakeOptions, createComfyuiFake } from "../../testing/comfyui-fake.ts";
import { smallPng } from "../../testing/png.ts";
import { settleRun, submitRun } from "../../testing/provider-contract.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Provider, ProviderRequest, RunState } from "../provider.ts";
import { createComfyuiProvider } from "./comfyui-provider.ts";
import { promptIdOf } from "./prompt-id.ts";

const signal = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: ComfyuiFakeOptions = {}, settings: Record<string, string> = {}) {
  const fake = await createComfyuiFake(options);
  const blobs = new Map([["ab".repeat(32), new Uint8Array(smallPng(5))]]);
  opened.push(fake);
  const start = (): Provider => {
    const host = createTestHost("comfyui", { settings: { ...fake.settings, ...settings }, blobs });
    const provider = createComfyuiProvider(host);
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
  params: { width: 64, height: 64, seed: 3 },
  ...over,
});
const sentTo = (fake: { received: readonly { call: unknown; body: unknown }[] }) =>
  fake.received.findLast(({ call }) => call === "submit")?.body;

describe("the built-in workflow", () => {
  it("is sent under the job's own id, with the server's first checkpoint, and keeps what it was made of", async () => {
    const { provider, fake } = await open();
    const jobId = "job-0196a5f0-1111-7abc-8def-0123456789ab";
    const remote = await submitRun(provider, request({ jobId, negativePrompt: "fog" }));
    expect(remote).toEqual({ id: jobId, promptId: "0196a5f0-1111-7abc-8def-0123456789ab" });
    expect(sentTo(fake)).toMatchObject({
      prompt_id: remote["promptId"],
      extra_data: { safelight: { job: jobId } },
      prompt: {
        "3": { inputs: { seed: 3, steps: 20, cfg: 7, sampler_name: "euler" } },
        "4": { inputs: { ckpt_name: "dream.safetensors" } },
        "5": { inputs: { width: 64, height: 64, batch_size: 1 } },
        "6": { inputs: { text: "a lighthouse" } },
        "7": { inputs: { text: "fog" } },
      },
    });
    expect(await settleRun(provider, remote)).toEqual({ state: "succeeded", charge: { state: "none" } });
    const results = await provider.results(remote, signal);
    // Previews are left out where something was saved.
    expect(results.map(({ name, type, details }) => ({ name, type, details }))).toEqual([
      {
        name: "safelight_00001_.png",
        type: "image",
        details: {
          seed: 3,
          width: 64,
          height: 64,
          steps: 20,
          guidanceScale: 7,
          sampler: "euler",
          scheduler: "normal",
        },
      },
    ]);
  });

  it("makes a UUID of any other id, always the same", () => {
    expect(promptIdOf("job-1")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(promptIdOf("job-1")).toBe(promptIdOf("job-1"));
    expect(promptIdOf("job-1")).not.toBe(promptIdOf("job-2"));
  });

  it("is refused in words that name the node", async () => {
    const { provider, fake } = await open();
    const params = { checkpoint: "gone.safetensors" };
    await expect(submitRun(provider, request({ params }))).rejects.toMatchObject({
      code: "request.invalid",
      message: expect.stringContaining(
        'CheckpointLoaderSimple (node 4): Value not in list (ckpt_name: "gone.safetensors")',
      ),
    });
    expect(fake.bill()).toEqual([]);
  });
});

describe("finding a run", () => {
  it.for([false, true])(
    "works after a lost answer, by our id or by our mark (older build: %s)",
    async (isOld) => {
      const { provider, fake, start } = await open({ isOld });
      const prepared = await provider.prepare?.(request(), signal);
      fake.misbehave("submit", { do: "drop-after-accept" });
      await expect(
        provider.submit(request(), signal, { ...(prepared && { prepared }) }),
      ).rejects.toMatchObject({
        code: "submit.lost",
      });
      const again = start();
      expect((await settleRun(again, { id: "job-1" })).state).toBe("succeeded");
      expect(await again.results({ id: "job-1" }, signal)).toHaveLength(1);
      await submitRun(again, request());
      expect(fake.submits()).toBe(1);
    },
  );

  it("calls a run missing that is neither in the queue nor in the history", async () => {
    const { provider, fake } = await open();
    const remote = await submitRun(provider, request());
    await settleRun(provider, remote);
    fake.forgetAll();
    expect(await provider.poll(remote, signal)).toEqual({ state: "missing" });
    await expect(provider.results(remote, signal)).rejects.toMatchObject({ code: "run.missing" });
  });

  it("lists what others made too", async () => {
    const { provider, fake } = await open();
    await fetch(`${fake.url}/prompt`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ prompt: { "9": { class_type: "SaveImage", inputs: {} } }, prompt_id: "other" }),
    });
    await expect
      .poll(async () => (await provider.list?.(signal))?.map(({ remote }) => remote))
      .toEqual([{ id: "other", promptId: "other" }]);
    expect((await provider.poll({ id: "other", promptId: "other" }, signal)).state).toBe("succeeded");
  });
});

describe("progress by the socket", () => {
  it("is told to watchers node by node, previews and noise notwithstanding", async () => {
    const { provider, fake } = await open();
    const states: RunState[] = [];
    provider.watch?.((runId, state) => void (runId === "job-1" && states.push(state)));
    fake.setRunMs(150);
    const remote = await submitRun(provider, request());
    await expect
      .poll(() => states.at(-1), { timeout: 5000 })
      .toEqual({ state: "succeeded", charge: { state: "none" } });
    const steps = states.flatMap((state) => ("step" in state ? [state.step] : []));
    expect(steps).toContain("KSampler · 5 of 20");
    const told = states.find((state) => "step" in state && state.step === "KSampler · 5 of 20");
    // One of seven nodes was cached, and a quarter of another is done.
    expect(told).toMatchObject({ state: "running", progress: expect.closeTo(1.25 / 7) });
    await settleRun(provider, remote);
    await expect.poll(() => fake.sockets(), { timeout: 5000 }).toBe(0);
  });

  it("is connected again after a break, while polling goes on", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "never-finish" });
    const first = await submitRun(provider, request({ jobId: "job-0" }));
    await expect.poll(() => fake.sockets()).toBe(1);
    fake.dropSockets();
    expect((await provider.poll(first, signal)).state).toMatch(/queued|running/);
    await expect.poll(() => fake.sockets(), { timeout: 5000 }).toBe(1);
    const remote = await submitRun(provider, request());
    expect((await settleRun(provider, remote)).state).toBe("succeeded");
  });

  it("is done without where no socket can be had", async () => {
    const { provider } = await open({ refusesSockets: true });
    const remote = await submitRun(provider, request());
    expect((await settleRun(provider, remote)).state).toBe("succeeded");
  });
});

describe("cancelling", () => {
  it.for([false, true])("stops a run at work (older build: %s)", async (isOld) => {
    const { provider, fake } = await open({ isOld });
    fake.misbehave("submit", { do: "never-finish" });
    const remote = await submitRun(provider, request());
    await expect.poll(() => provider.poll(remote, signal)).toMatchObject({ state: "running" });
    await provider.cancel(remote, signal);
    expect(await provider.poll(remote, signal)).toEqual({ state: "canceled", charge: { state: "none" } });
  });

  it("takes a waiting run out of the queue", async () => {
    const { provider, fake } = await open();
    fake.setRunMs(60_000);
    const remote = await submitRun(provider, request());
    expect(await provider.poll(remote, signal)).toMatchObject({ state: "queued" });
    await provider.cancel(remote, signal);
    expect(await provider.poll(remote, signal)).toEqual({ state: "canceled", charge: { state: "none" } });
    expect(fake.received.some(({ url }) => url === "/interrupt")).toBe(false);
  });
});

describe("workflows of one's own", () => {
  const workflow = JSON.stringify({
    "1": { class_type: "LoadImage", inputs: { image: "{{picture}}" } },
    "2": { class_type: "Sampler", inputs: { text: "{{prompt}}", seed: "{{seed}}", tile: "{{tile|512}}" } },
    "3": { class_type: "SaveVideo", inputs: { fps: "{{fps}}" } },
  });
  const picture = { sha256: "ab".repeat(32), sizeBytes: 70, mime: "image/png" };

  it("get their slots filled and their pictures uploaded", async () => {
    const { provider, fake } = await open({ saves: ["clip_00001.mp4", "clip_00001.png", "notes.json"] });
    const params = { workflow, picture, seed: 11, values: { fps: 24 } };
    const remote = await submitRun(provider, request({ kind: "video", model: "workflow-video", params }));
    const name = `safelight-${"ab".repeat(12)}.png`;
    expect(sentTo(fake)).toMatchObject({
      prompt: {
        "1": { inputs: { image: name } },
        "2": { inputs: { text: "a lighthouse", seed: 11, tile: 512 } },
        "3": { inputs: { fps: 24 } },
      },
    });
    await settleRun(provider, remote);
    const results = await provider.results(remote, signal);
    expect(results.map(({ type }) => type)).toEqual(["video", "image", "file"]);
    expect(results[0]?.details).toEqual({ seed: 11 });
  });

  it("come from the settings when a job brings none", async () => {
    const { provider, fake } = await open(
      {},
      { workflow: '{"1": {"class_type": "Say", "inputs": {"t": "{{prompt}}"}}}' },
    );
    await submitRun(provider, request({ model: "workflow", params: {} }));
    expect(sentTo(fake)).toMatchObject({ prompt: { "1": { inputs: { t: "a lighthouse" } } } });
  });

  it.each([
    [{}, /Give a workflow/],
    [{ workflow: "{" }, /not JSON/],
    [{ workflow, values: { fps: 24 } }, /wants a value for its slot \{\{picture\}\}/],
    [{ workflow, picture }, /wants a value for its slot \{\{fps\}\}/],
  ])("are checked before anything is sent: %o", async (params, message) => {
    const { provider, fake } = await open();
    const fault = provider.check(request({ model: "workflow", params }));
    expect(fault).toEqual({ path: "/params/workflow", message: expect.stringMatching(message) });
    expect(fake.received).toEqual([]);
  });
});
