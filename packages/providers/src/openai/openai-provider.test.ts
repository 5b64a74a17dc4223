import { afterEach, describe, expect, it } from "vitest";
import { createOpenaiFake, type OpenaiFakeOptions } from "../../testing/openai-fake.ts";
import { smallPng } from "../../testing/png.ts";
import { settleRun } from "../../testing/provider-contract.ts";
import { createMemoryAnswers, createTestHost } from "../../testing/test-host.ts";
import type { Provider, ProviderRequest, ProviderResult, RunState } from "../provider.ts";
import { OPENAI, OPENAI_LOCAL } from "./openai-presets.ts";
import { createOpenaiProvider } from "./openai-provider.ts";

const signal = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(
  options: OpenaiFakeOptions = {},
  preset = OPENAI,
  settings: Readonly<Record<string, string>> = {},
) {
  const fake = await createOpenaiFake(options);
  const answers = createMemoryAnswers();
  const blobs = new Map([["cd".repeat(32), new Uint8Array(smallPng(5))]]);
  const start = (): Provider => {
    const provider = createOpenaiProvider(
      createTestHost(preset.id, { settings: { ...fake.settings, ...settings }, answers, blobs }),
      preset,
    );
    opened.unshift(provider);
    return provider;
  };
  opened.push(fake);
  return { fake, provider: start(), start };
}

const chat = (over: Partial<ProviderRequest> = {}): ProviderRequest => ({
  jobId: "job-1",
  kind: "chat",
  prompt: "Describe a lighthouse.",
  params: {},
  ...over,
});
const image = (over: Partial<ProviderRequest> = {}): ProviderRequest => chat({ kind: "image", ...over });

/** Sends, and waits for the end. */
async function run(provider: Provider, request: ProviderRequest): Promise<RunState> {
  return settleRun(provider, await provider.submit(request, signal));
}

const bytesOf = async (result: ProviderResult | undefined) =>
  Buffer.concat(await Array.fromAsync((await result?.open(signal)) ?? []));
const textOf = async (provider: Provider) =>
  (await bytesOf((await provider.results({ id: "job-1" }, signal))[0])).toString();

describe("text", () => {
  it("is put together from its pieces, with the tokens that the server counted", async () => {
    const { provider, fake } = await open();
    const params = { system: "Be brief.", messages: [{ role: "user", content: "Hello" }], maxTokens: 50 };
    expect(await run(provider, chat({ params }))).toEqual({
      state: "succeeded",
      charge: { state: "unknown" },
    });
    expect(await textOf(provider)).toBe("A lighthouse stands\nby the sea.");
    expect((await provider.results({ id: "job-1" }, signal))[0]).toMatchObject({
      type: "text",
      details: {
        isComplete: true,
        model: "fake-1",
        finishReason: "stop",
        promptTokens: 12,
        completionTokens: 34,
      },
    });
    expect(fake.received.at(-1)?.body).toMatchObject({
      model: "fake-chat",
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 50,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
        { role: "user", content: "Describe a lighthouse." },
      ],
    });
  });

  it("can be watched, read and cancelled while it is written", async () => {
    const { provider, fake } = await open();
    const states: RunState[] = [];
    provider.watch?.((runId, state) => void (runId === "job-1" && states.push(state)));
    fake.misbehave("submit", { do: "never-finish" });
    const remote = await provider.submit(chat(), signal);
    await expect
      .poll(() => provider.poll(remote, signal))
      .toEqual({ state: "running", progress: 0, step: "4 words so far" });
    expect(await provider.readLines?.(remote, 0, signal)).toEqual({
      lines: ["A lighthouse stands"],
      next: 1,
    });
    expect(states[0]).toMatchObject({ state: "running" });
    await provider.cancel(remote, signal);
    expect(await settleRun(provider, remote)).toMatchObject({ state: "canceled" });
    await expect.poll(() => states.at(-1)).toMatchObject({ state: "canceled" });
  });

  it("keeps what had arrived when the connection breaks, and says that it is a part", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "truncate" });
    expect(await run(provider, chat())).toEqual({
      state: "succeeded",
      charge: { state: "unknown" },
    });
    expect(await textOf(provider)).toBe("A lighthouse stands\nby ");
    expect((await provider.results({ id: "job-1" }, signal))[0]?.details).toMatchObject({
      isComplete: false,
      note: expect.stringContaining("broke before the end"),
    });
    expect(fake.submits()).toBe(1);
  });

  it("finds what had arrived after the process died in the middle of it", async () => {
    const { provider, fake, start } = await open();
    fake.misbehave("submit", { do: "never-finish" });
    const remote = await provider.submit(chat(), signal);
    const again = start();
    await expect.poll(() => again.find?.(chat(), 0, signal), { timeout: 5000 }).toHaveLength(1);
    expect(await again.poll({ id: "job-1" }, signal)).toMatchObject({ state: "succeeded" });
    expect(await textOf(again)).toBe("A lighthouse stands\nby ");
    await provider.cancel(remote, signal);
  });

  it("takes the server's price where it names one, and none on one's own machine", async () => {
    const routed = await open({ tellsCost: true });
    expect(await run(routed.provider, chat())).toMatchObject({
      charge: { state: "reported", usd: 0.0021 },
    });
    const own = await open({ tellsCost: true }, OPENAI_LOCAL);
    expect(await run(own.provider, chat())).toMatchObject({ charge: { state: "none" } });
  });

  it("keeps what came before the server's own error, with its words", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "fail" });
    await run(provider, chat());
    expect(await textOf(provider)).toBe("A lighthouse stands\nby ");
    expect((await provider.results({ id: "job-1" }, signal))[0]?.details).toMatchObject({
      isComplete: false,
      note: "The model fell over.",
    });
  });

  it("fails with a reason when no text came at all", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "lose-result" });
    expect(await run(provider, chat())).toMatchObject({
      state: "failed",
      error: { code: "run.failed", message: "The model answered without any text." },
    });
  });

  it("shows the model a picture of the studio", async () => {
    const { provider, fake } = await open();
    const picture = { sha256: "cd".repeat(32), sizeBytes: 70, mime: "image/png" };
    await run(provider, chat({ params: { picture } }));
    expect(fake.received.at(-1)?.body).toMatchObject({
      messages: [
        {
          content: [
            { type: "text" },
            { type: "image_url", image_url: { url: expect.stringMatching(/^data:image\/png;base64,iVBOR/) } },
          ],
        },
      ],
    });
  });
});

describe("pictures", () => {
  it("come inline, with what was asked for and the tokens that were counted", async () => {
    const { provider, fake } = await open();
    await provider.submit(image({ params: { size: "512x256", count: 2 } }), signal);
    const results = await provider.results({ id: "job-1" }, signal);
    expect(results.map(({ name, details }) => ({ name, details }))).toEqual(
      [1, 2].map((at) => ({
        name: `picture-${at}.png`,
        details: { model: "gpt-image-fake", width: 512, height: 256, inputTokens: 9, outputTokens: 1056 },
      })),
    );
    expect((await bytesOf(results[1])).equals(smallPng(2))).toBe(true);
    expect(fake.received.at(-1)?.body).not.toHaveProperty("response_format");
  });

  it("are asked for as base64 where an address would do, and fetched within the hour all the same", async () => {
    const { provider, fake } = await open({ answersUrls: true });
    await provider.submit(image({ params: { model: "dall-e-3" } }), signal);
    expect(fake.received.at(-1)?.body).toMatchObject({ model: "dall-e-3", response_format: "b64_json" });
    const [result] = await provider.results({ id: "job-1" }, signal);
    expect((await bytesOf(result)).equals(smallPng(0))).toBe(true);
    expect(result?.details).toMatchObject({ revisedPrompt: "a lighthouse, in detail" });
    const leftMs = (result?.expiresAt ?? 0) - Date.now();
    expect(leftMs).toBeGreaterThan(59 * 60_000);
    expect(leftMs).toBeLessThanOrEqual(60 * 60_000);
  });

  it("are changed by a form that carries the picture", async () => {
    const { provider, fake } = await open();
    const picture = { sha256: "cd".repeat(32), sizeBytes: 70, mime: "image/png" };
    await provider.submit(image({ params: { picture } }), signal);
    const sent = fake.received.at(-1);
    expect(sent?.url).toBe("/v1/images/edits");
    expect(sent?.headers["content-type"]).toMatch(/^multipart\/form-data/);
    expect(Buffer.from(sent?.body as Uint8Array).toString("latin1")).toContain('filename="picture.png"');
  });

  it("fail with a reason when the server sends none", async () => {
    const { provider, fake } = await open();
    fake.misbehave("submit", { do: "lose-result" });
    await provider.submit(image(), signal);
    expect(await provider.poll({ id: "job-1" }, signal)).toMatchObject({ state: "failed" });
  });

  it("need a model, which the job or the settings name", async () => {
    const host = createTestHost("openai-local", { settings: { baseUrl: "http://127.0.0.1:9/v1" } });
    const provider = createOpenaiProvider(host, OPENAI_LOCAL);
    await expect(provider.submit(image(), signal)).rejects.toMatchObject({ code: "provider.not-configured" });
  });
});

/** What no agreement has, where tokens and prices stand. */
const ODD = [null, "free", [], { prompt_tokens: null, input_tokens: "9", output_tokens: -1, cost: -3 }];

describe("the price of tokens", () => {
  const prices = {
    chatInputPrice: "0.15",
    chatOutputPrice: "0.6",
    imageInputPrice: "5",
    imageOutputPrice: "40",
  };

  it("is an estimate by the prices that the owner gave for the model of the settings", async () => {
    const { provider } = await open({}, OPENAI, prices);
    // 9 tokens read and 1056 drawn; 12 read and 34 written.
    expect(await run(provider, image())).toEqual({
      state: "succeeded",
      charge: { state: "estimated", usd: 0.042285 },
    });
    expect(await run(provider, chat({ jobId: "job-2" }))).toEqual({
      state: "succeeded",
      charge: { state: "estimated", usd: 0.0000222 },
    });
  });

  it("is unknown for another model, without both prices, and when a price is none", async () => {
    const unknown = { state: "succeeded", charge: { state: "unknown" } };
    const { provider } = await open({}, OPENAI, prices);
    expect(await run(provider, image({ params: { model: "dall-e-3" } }))).toEqual(unknown);
    for (const settings of [{ imageInputPrice: "5" }, { ...prices, imageOutputPrice: "much" }]) {
      expect(await run((await open({}, OPENAI, settings)).provider, image())).toEqual(unknown);
    }
  });

  it("gives way to what the server names", async () => {
    const { provider } = await open({ tellsCost: true }, OPENAI, prices);
    expect(await run(provider, image())).toMatchObject({ charge: { state: "reported", usd: 0.0021 } });
  });

  it.for(ODD)("that stands there as %j costs no picture and no text", async (usage) => {
    const { provider } = await open({ usage }, OPENAI, prices);
    for (const request of [image(), chat({ jobId: "job-2" })]) {
      const state = await run(provider, request);
      expect(state).toEqual({ state: "succeeded", charge: { state: "unknown" } });
      expect(await provider.results({ id: request.jobId }, signal)).toHaveLength(1);
    }
  });
});
