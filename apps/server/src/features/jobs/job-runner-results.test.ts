import { createHash } from "node:crypto";
import { ProviderError, type ProviderResult } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onePixelPng } from "../../../testing/one-pixel-png.ts";
import { createRunnerBench, type RunnerBench } from "../../../testing/runner-bench.ts";
import { createScriptedProvider, type ScriptedProvider } from "../../../testing/scripted-provider.ts";

const DONE = { state: "succeeded", charge: { state: "reported", usd: 0.04 } } as const;
let bench: RunnerBench;
let provider: ScriptedProvider;

beforeEach(() => {
  provider = createScriptedProvider({ paid: true });
  bench = createRunnerBench(provider);
});
afterEach(() => bench.close());

function result(fields: Partial<ProviderResult>, bytes: Uint8Array | (() => Uint8Array)): ProviderResult {
  return {
    name: "result",
    type: "image",
    details: {},
    async open() {
      const chunk = typeof bytes === "function" ? bytes() : bytes;
      return (async function* chunks() {
        yield chunk;
      })();
    },
    ...fields,
  };
}

async function runWith(...results: readonly ProviderResult[]): Promise<Job> {
  Object.assign(provider, { results: async () => results });
  bench.start();
  await bench.addJob("job-1", { styleId: "style-1" });
  await bench.reach("job-1", "running");
  provider.move("job-1", DONE);
  return bench.reach("job-1", "succeeded");
}

function safetensors(): Uint8Array {
  const header = Buffer.from('{"__metadata__":{}}');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.byteLength));
  return Buffer.concat([length, header]);
}

describe("what a run made", () => {
  it("becomes pictures, models, files and words, each where it belongs", async () => {
    const lora = safetensors();
    const job = await runWith(
      result({ name: "a.png" }, await onePixelPng(1)),
      result({ name: "lora.safetensors", type: "lora", details: { trigger_word: "sks" } }, lora),
      result({ name: "config.json", type: "file" }, Buffer.from("{}")),
      result({ name: "answer.txt", type: "text" }, Buffer.from("Grüße")),
    );
    expect(job).toMatchObject({ output: "Grüße", files: [{ name: "config.json", sizeBytes: 2 }] });
    expect(job.results).toHaveLength(1);
    expect(bench.store.get("models", job.models?.[0] ?? "")).toMatchObject({
      modelName: "sks",
      triggerWord: "sks",
      jobId: "job-1",
      styleId: "style-1",
      lora: { sizeBytes: lora.byteLength, sha256: createHash("sha256").update(lora).digest("hex") },
    });
  });

  it("is taken most urgent first, and one that fails does not keep the others", async () => {
    const order: string[] = [];
    let faults = 0;
    const png = await onePixelPng(1);
    const at = (name: string, expiresAt?: number) =>
      result({ name, ...(expiresAt !== undefined && { expiresAt }) }, () => {
        order.push(name);
        if (name === "soon" && faults++ === 0) throw new ProviderError("provider.unavailable", "503");
        return png;
      });
    await runWith(at("whenever"), at("later", 2000), at("soon", 1000));
    expect(order).toEqual(["soon", "later", "whenever", "soon"]);
  });

  it("is refused when its bytes are not those that the provider told, until they are", async () => {
    const right = await onePixelPng(1);
    const wrong = await onePixelPng(2);
    let attempts = 0;
    const sha256 = createHash("sha256").update(right).digest("hex");
    const job = await runWith(result({ sha256 }, () => ((attempts += 1) < 3 ? wrong : right)));
    expect(attempts).toBe(3);
    expect(bench.store.get("contents", job.results[0] ?? "")?.blob?.sha256).toBe(sha256);
  });

  it("is kept as a file when it is not a picture after all: it was paid for", async () => {
    let attempts = 0;
    const job = await runWith(
      result({ name: "page.html" }, () => {
        attempts += 1;
        return Buffer.from("<html>");
      }),
    );
    expect(attempts).toBe(3);
    expect(job).toMatchObject({ results: [], files: [{ name: "page.html", sizeBytes: 6 }] });
  });

  it("is not fetched again by a process that comes after, and is let go when all is safe", async () => {
    const forgotten: string[] = [];
    const opened: number[] = [];
    const pngs = await Promise.all([onePixelPng(1), onePixelPng(2)]);
    let isBroken = true;
    const results = pngs.map((png, index) =>
      result({ name: `${index}.png` }, () => {
        opened.push(index);
        if (index === 1 && isBroken) throw new ProviderError("provider.unavailable", "503");
        return png;
      }),
    );
    Object.assign(provider, {
      results: async () => results,
      forget: async ({ id }: { id: string }) => void forgotten.push(id),
    });
    const first = bench.start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    provider.move("job-1", DONE);
    await expect.poll(() => bench.job("job-1").results).toHaveLength(1);
    await first.stop();
    expect(forgotten).toEqual([]);
    isBroken = false;
    bench.start();
    expect((await bench.reach("job-1", "succeeded")).results).toHaveLength(2);
    expect(opened.filter((index) => index === 0)).toHaveLength(1);
    await expect.poll(() => forgotten).toEqual(["job-1"]);
  });

  it("is let go at the next start when the process died right after the last commit", async () => {
    const forgotten: string[] = [];
    Object.assign(provider, { forget: async ({ id }: { id: string }) => void forgotten.push(id) });
    const over = { status: "succeeded", remote: { id: "run-1" }, endTime: Date.now() };
    await bench.addJobAt("job-1", over);
    await bench.addJobAt("job-2", { ...over, remote: { id: "run-2" }, endTime: 1000 });
    await bench.addJobAt("job-3", { ...over, remote: { id: "run-3" }, status: "failed" });
    bench.start();
    await expect.poll(() => forgotten).toEqual(["run-1"]);
  });
});
