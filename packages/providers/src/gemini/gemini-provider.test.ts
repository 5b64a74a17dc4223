import { afterEach, describe, expect, it } from "vitest";
import { createGeminiFake, type GeminiFakeOptions } from "../../testing/gemini-fake.ts";
import { smallPng } from "../../testing/png.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { ProviderRequest } from "../provider.ts";
import { createGeminiProvider } from "./gemini-provider.ts";

const signal = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: GeminiFakeOptions = {}, settings: Readonly<Record<string, string>> = {}) {
  const fake = await createGeminiFake(options);
  const blobs = new Map([["ef".repeat(32), new Uint8Array(smallPng(5))]]);
  const provider = createGeminiProvider(
    createTestHost("gemini", { settings: { ...fake.settings, ...settings }, blobs }),
  );
  opened.push(provider, fake);
  return { fake, provider };
}

const request = (params: ProviderRequest["params"] = {}): ProviderRequest => ({
  jobId: "job-1",
  kind: "image",
  prompt: "a lighthouse",
  params,
});

describe("Gemini", () => {
  it("keeps the picture with its tokens and what was said beside it, and names no price", async () => {
    const { provider, fake } = await open({ text: "Here it is." });
    const picture = { sha256: "ef".repeat(32), sizeBytes: 70, mime: "image/png" };
    await provider.submit(request({ aspectRatio: "4:3", imageSize: "2K", seed: 4, picture }), signal);
    expect(await provider.poll({ id: "job-1" }, signal)).toEqual({
      state: "succeeded",
      charge: { state: "unknown" },
    });
    const [result] = await provider.results({ id: "job-1" }, signal);
    expect(result).toMatchObject({
      name: "picture-1.png",
      details: {
        model: "fake-image",
        aspectRatio: "4:3",
        seed: 4,
        completionTokens: 1290,
        text: "Here it is.",
        modelVersion: "fake-image",
      },
    });
    const sent = fake.received.at(-1);
    expect(sent?.url).toBe("/v1beta/models/fake-image:generateContent");
    expect(sent?.body).toMatchObject({
      contents: [{ parts: [{ text: "a lighthouse" }, { inlineData: { mimeType: "image/png" } }] }],
      generationConfig: {
        responseModalities: ["TEXT", "IMAGE"],
        imageConfig: { aspectRatio: "4:3", imageSize: "2K" },
        seed: 4,
      },
    });
  });

  it("leaves out the drafts among the model's thoughts", async () => {
    const { provider } = await open({ thinks: true });
    await provider.submit(request(), signal);
    const results = await provider.results({ id: "job-1" }, signal);
    expect(results).toHaveLength(1);
    const bytes = Buffer.concat(await Array.fromAsync((await results[0]?.open(signal)) ?? []));
    expect(bytes.equals(smallPng(7))).toBe(true);
  });

  it.for([
    [{ finishReason: "SAFETY" }, /safety filter held the picture back \(SAFETY\)/],
    [{ finishReason: "IMAGE_SAFETY", text: "I cannot draw that." }, /It says: I cannot draw that\./],
    [{ finishReason: "RECITATION" }, /too close to a known one/],
    [{ finishReason: "STOP", text: "What should it show?" }, /without a picture \(STOP\)\. It says: What/],
    [{ blockReason: "PROHIBITED_CONTENT" }, /blocked the prompt \(PROHIBITED_CONTENT\)/],
  ] as const)("says why there is no picture: %o", async ([options, message]) => {
    const { provider } = await open(options);
    await provider.submit(request(), signal);
    expect(await provider.poll({ id: "job-1" }, signal)).toMatchObject({
      state: "failed",
      error: { code: "run.refused", message: expect.stringMatching(message) },
      charge: { state: "unknown" },
    });
    await expect(provider.results({ id: "job-1" }, signal)).rejects.toMatchObject({ code: "result.missing" });
  });
});

describe("the price of Gemini's tokens", () => {
  const prices = { inputPrice: "0.3", outputPrice: "30" };
  const chargeWith = async (options: GeminiFakeOptions, params: ProviderRequest["params"] = {}) => {
    const { provider } = await open(options, prices);
    await provider.submit(request(params), signal);
    expect(await provider.results({ id: "job-1" }, signal)).toHaveLength(1);
    return (await provider.poll({ id: "job-1" }, signal)) as object;
  };

  it("is an estimate by the prices that the owner gave, with what was thought", async () => {
    expect(await chargeWith({})).toMatchObject({ charge: { state: "estimated", usd: 0.0387024 } });
    const usage = { promptTokenCount: 8, candidatesTokenCount: 1290, totalTokenCount: 1398 };
    expect(await chargeWith({ usage })).toMatchObject({ charge: { state: "estimated", usd: 0.0417024 } });
  });

  it("is unknown for another model, and no picture is lost for a count that is none", async () => {
    expect(await chargeWith({}, { model: "gemini-3-pro-image-preview" })).toMatchObject({
      charge: { state: "unknown" },
    });
    for (const usage of [null, "many", { promptTokenCount: -1, candidatesTokenCount: null }]) {
      expect(await chargeWith({ usage })).toMatchObject({ charge: { state: "unknown" } });
    }
  });
});
