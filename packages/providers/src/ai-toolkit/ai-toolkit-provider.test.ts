import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import { type AiToolkitFakeOptions, createAiToolkitFake } from "../../testing/ai-toolkit-fake.ts";
import { smallPng } from "../../testing/png.ts";
import { settleRun, submitRun } from "../../testing/provider-contract.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Provider, ProviderRequest } from "../provider.ts";
import { createAiToolkitProvider } from "./ai-toolkit-provider.ts";
import { consoleLines } from "./console-lines.ts";

const signal = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const PNG = "ab".repeat(32);
const WEBP = "cd".repeat(32);

async function open(options: AiToolkitFakeOptions = {}) {
  const fake = await createAiToolkitFake(options);
  const webp = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .webp()
    .toBuffer();
  const blobs = new Map([
    [PNG, new Uint8Array(smallPng(5))],
    [WEBP, new Uint8Array(webp)],
  ]);
  opened.push(fake);
  const start = (): Provider =>
    createAiToolkitProvider(createTestHost("ai-toolkit", { settings: fake.settings, blobs }));
  return { fake, provider: start(), start };
}

const image = (sha256: string, mime: string) => ({ sha256, sizeBytes: 70, mime });
const request = (over: Partial<ProviderRequest> = {}): ProviderRequest => ({
  jobId: "job-1",
  kind: "training",
  prompt: "",
  params: {
    images: [
      { image: image(PNG, "image/png"), caption: "a boat at dusk" },
      { image: image(WEBP, "image/webp"), caption: "" },
    ],
    triggerWord: "INKSTYLE",
    steps: 500,
  },
  ...over,
});

describe("training with AI Toolkit", () => {
  it("sends pictures with captions that carry the trigger word, in formats that it takes", async () => {
    const { provider, fake } = await open();
    await submitRun(provider, request());
    const name = "safelight_job_1";
    expect(fake.datasetFiles(name)).toEqual(["0001.png", "0001.txt", "0002.png", "0002.txt"]);
    expect(fake.datasetText(name, "0001.txt")).toBe("INKSTYLE, a boat at dusk");
    expect(fake.datasetText(name, "0002.txt")).toBe("INKSTYLE");
    expect(fake.received.find(({ call }) => call === "submit")?.body).toMatchObject({
      name: "job-1",
      gpu_ids: "0",
      job_config: {
        config: {
          name: "job-1",
          process: [
            {
              training_folder: "/srv/aitk/output",
              trigger_word: "INKSTYLE",
              datasets: [{ folder_path: "/srv/aitk/datasets/safelight_job_1", resolution: [512, 768, 1024] }],
              train: { steps: 500, lr: 0.0001, disable_sampling: true },
              model: { arch: "flux", name_or_path: "black-forest-labs/FLUX.1-dev" },
            },
          ],
        },
      },
    });
  });

  it("joins folders as the trainer's own system does", async () => {
    const { provider, fake } = await open({ isWindows: true });
    const remote = await submitRun(provider, request());
    expect(JSON.stringify(fake.received.find(({ call }) => call === "submit")?.body)).toContain(
      JSON.stringify("C:\\aitk\\datasets\\safelight_job_1"),
    );
    await settleRun(provider, remote);
    expect((await provider.results(remote, signal))[0]?.name).toBe("job-1.safetensors");
  });

  it("gives the LoRA with its last loss, the samples of the last step, and the loss curve", async () => {
    const { provider } = await open({ lossKey: "loss/loss" });
    const remote = await submitRun(provider, request());
    await settleRun(provider, remote);
    const results = await provider.results(remote, signal);
    expect(results.map(({ name, type, details }) => ({ name, type, details }))).toEqual([
      {
        name: "job-1.safetensors",
        type: "lora",
        details: { steps: 500, trainer: "AI Toolkit", loss: 0.0831 },
      },
      { name: "1733500009000__000000500_0.jpg", type: "file", details: { step: 500 } },
      { name: "1733500009001__000000500_1.jpg", type: "file", details: { step: 500 } },
      { name: "loss.csv", type: "file", details: {} },
    ]);
    const texts = await Promise.all(
      [results[0], results[3]].map(async (result) =>
        Buffer.concat(await Array.fromAsync((await result?.open(signal)) ?? [])).toString(),
      ),
    );
    expect(texts).toEqual([
      expect.stringContaining('"ss_output_name":"job-1.safetensors"'),
      "step,loss\n1,0.5\n500,0.0831\n",
    ]);
  });

  it("tells step, loss and speed while it runs", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "never-finish" });
    const remote = await submitRun(provider, request());
    await expect
      .poll(() => provider.poll(remote, signal))
      .toEqual({ state: "running", progress: 0.5, step: "Step 250 of 500 · loss 0.0831 · 1.20 sec/iter" });
    await provider.cancel(remote, signal);
    expect(await provider.poll(remote, signal)).toEqual({ state: "canceled", charge: { state: "none" } });
  });

  it("takes a waiting job out of the queue", async () => {
    const { provider, fake } = await open();
    fake.setRunMs(60_000);
    const remote = await submitRun(provider, request());
    expect((await provider.poll(remote, signal)).state).toBe("queued");
    await provider.cancel(remote, signal);
    expect((await provider.poll(remote, signal)).state).toBe("canceled");
    expect(fake.received.some(({ url }) => url.endsWith("/mark_stopped"))).toBe(true);
  });

  it("begins a job that was made and not started, without making a second one", async () => {
    const { provider, fake, start } = await open();
    fake.refuseStarts(3);
    await expect(submitRun(provider, request())).rejects.toMatchObject({ code: "provider.unavailable" });
    const again = start();
    expect(await again.poll({ id: "job-1" }, signal)).toEqual({ state: "missing" });
    const remote = await submitRun(again, request());
    expect((await settleRun(again, remote)).state).toBe("succeeded");
    expect(fake.submits()).toBe(1);
  });

  it("finds a job by its name when the answer to making it was lost", async () => {
    const { provider, fake, start } = await open();
    fake.misbehave("submit", { do: "drop-after-accept" });
    await expect(submitRun(provider, request())).rejects.toMatchObject({ code: "submit.lost" });
    const again = start();
    const remote = await submitRun(again, request());
    expect((await settleRun(again, { id: "job-1" })).state).toBe("succeeded");
    expect(remote.id).toBe("job-1");
    expect(fake.bill()).toHaveLength(1);
  });

  it("reads the console on from where it was, line by line", async () => {
    const { provider, fake } = await open();
    const remote = await submitRun(provider, request());
    fake.write("Loading mödel\nstep 1\rstep 2\r\nhalf a li");
    const first = await provider.readLines?.(remote, 0, signal);
    expect(first?.lines).toEqual(["Loading mödel", "step 2"]);
    fake.write("ne\n");
    const second = await provider.readLines?.(remote, first?.next ?? 0, signal);
    expect(second?.lines).toEqual(["half a line"]);
    fake.clearConsole();
    fake.write("anew\n");
    expect(await provider.readLines?.(remote, second?.next ?? 0, signal)).toEqual({
      lines: ["anew"],
      next: 5,
    });
  });
});

describe("lines of a console", () => {
  it.each([
    ["", { lines: [], next: 10 }],
    ["no end", { lines: [], next: 10 }],
    ["\n", { lines: [""], next: 11 }],
    ["a\n\nb\nc", { lines: ["a", "", "b"], next: 15 }],
    ["10%\r20%\r30%\n", { lines: ["30%"], next: 22 }],
  ])("of %j", (text, lines) => {
    expect(consoleLines(text, 10)).toEqual(lines);
  });
});
