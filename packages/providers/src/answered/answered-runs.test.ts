import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createMemoryAnswers } from "../../testing/test-host.ts";
import { UnreadableAnswerError } from "../http/parse-answer.ts";
import { ProviderError } from "../provider-error.ts";
import type { AnswerStore } from "../provider-host.ts";
import type { ProviderRequest } from "../provider.ts";
import { createAnsweredRuns } from "./answered-runs.ts";
import { inlineResult } from "./inline-picture.ts";
import type { KeptAnswer, Understood } from "./kept-answer.ts";

const signal = new AbortController().signal;
const request: ProviderRequest = { jobId: "job-1", kind: "image", prompt: "a boat", params: {} };

function understand({ bytes, isWhole }: KeptAnswer): Understood {
  const text = Buffer.from(bytes).toString();
  if (text.startsWith("<")) throw new UnreadableAnswerError("no");
  const result = inlineResult({ name: "x.png", type: "image", details: { isWhole }, bytes });
  return { state: "succeeded", charge: { state: "unknown" }, results: [result] };
}

const open = (answers: AnswerStore) =>
  createAnsweredRuns({ name: "Fake", host: { answers, now: Date.now }, paid: true, understand });

async function* broken(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
  throw new Error("reset");
}

const answering =
  (body: string | AsyncIterable<Uint8Array>, type = "application/json") =>
  async () =>
    new Response(typeof body === "string" ? body : (Readable.toWeb(Readable.from(body)) as ReadableStream), {
      headers: { "content-type": type },
    });
const STREAM = "text/event-stream; charset=utf-8";

/** A disk that refuses the first `times` answers and takes everything else. */
function failing(times: number): AnswerStore & { refusals(): number } {
  const answers = createMemoryAnswers();
  let refusals = 0;
  return {
    ...answers,
    refusals: () => refusals,
    async save(runId, name, body) {
      if (name === "answer" && refusals < times) {
        refusals += 1;
        throw Object.assign(new Error("full"), { code: "ENOSPC" });
      }
      return answers.save(runId, name, body);
    },
  };
}

const textOf = async (runs: ReturnType<typeof open>) => {
  const [result] = await runs.results({ id: "job-1" });
  return Buffer.concat(await Array.fromAsync((await result?.open(signal)) ?? [])).toString();
};

describe("runs whose answer carries the result", () => {
  it("keep an answer that the disk refused at first", async () => {
    const disk = failing(2);
    const runs = open(disk);
    await runs.submit({ request, keep: {}, signal, send: answering("picture") });
    expect(disk.refusals()).toBe(2);
    expect(await textOf(open(disk))).toBe("picture");
  });

  it("hold an answer in memory while the disk takes nothing", async () => {
    const disk = failing(Infinity);
    const runs = open(disk);
    await runs.submit({ request, keep: {}, signal, send: answering("picture") });
    expect(await runs.poll({ id: "job-1" })).toMatchObject({ state: "succeeded" });
    expect(await textOf(runs)).toBe("picture");
    await runs.forget({ id: "job-1" });
    expect(await runs.poll({ id: "job-1" })).toEqual({ state: "missing" });
  });

  it("send once for two calls at the same time, and never again for an answer that is kept", async () => {
    const runs = open(createMemoryAnswers());
    let sent = 0;
    const send = async () => {
      sent += 1;
      return new Response("picture");
    };
    const run = { request, keep: {}, signal, send };
    await Promise.all([runs.submit(run), runs.submit(run)]);
    await runs.submit(run);
    expect(sent).toBe(1);
  });

  it("call a whole answer lost that breaks off, and keep the beginning of a streamed one", async () => {
    const runs = open(createMemoryAnswers());
    const whole = runs.submit({ request, keep: {}, signal, send: answering(broken("pic")) });
    await expect(whole).rejects.toMatchObject({ code: "submit.lost" });
    expect(await runs.poll({ id: "job-1" })).toEqual({ state: "missing" });
    await runs.submit({ request, keep: {}, signal, send: answering(broken("tex"), STREAM) });
    await expect.poll(() => runs.isUnderWay("job-1")).toBe(false);
    expect(await textOf(runs)).toBe("tex");
    expect((await runs.results({ id: "job-1" }))[0]?.details).toEqual({ isWhole: false });
  });

  it("are under way while their answer streams, whoever sent them has gone", async () => {
    const gate = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("one ");
      await gate.promise;
      yield Buffer.from("two");
    }
    const runs = open(createMemoryAnswers());
    const told: string[] = [];
    runs.watch((_, { state }) => void told.push(state));
    const sender = new AbortController();
    const describe = (bytes: Uint8Array) => `${bytes.byteLength} bytes`;
    const send = answering(slow(), STREAM);
    await runs.submit({ request, keep: {}, signal: sender.signal, describe, send });
    sender.abort();
    await expect
      .poll(() => runs.poll({ id: "job-1" }))
      .toEqual({ state: "running", progress: 0, step: "4 bytes" });
    gate.resolve();
    await expect.poll(() => told.at(-1)).toBe("succeeded");
    expect(await textOf(runs)).toBe("one two");
  });

  it("fail when their stream breaks before anything came", async () => {
    const runs = open(createMemoryAnswers());
    const send = answering(broken(""), STREAM);
    await runs.submit({ request, keep: {}, signal, send });
    await expect
      .poll(() => runs.poll({ id: "job-1" }))
      .toMatchObject({ state: "failed", error: { code: "run.interrupted" }, charge: { state: "unknown" } });
  });

  it("keep an answer that nobody understands, and claim nothing of its cost", async () => {
    const answers = createMemoryAnswers();
    const submit = open(answers).submit({ request, keep: {}, signal, send: answering("<html>") });
    await expect(submit).rejects.toMatchObject({ code: "submit.lost" });
    expect(Buffer.from((await answers.read("job-1", "answer")) ?? []).toString()).toBe("<html>");
    expect(await open(answers).poll({ id: "job-1" })).toMatchObject({
      state: "failed",
      error: { code: "provider.answer-invalid" },
      charge: { state: "unknown" },
    });
  });

  it("leave nothing behind of a request that was refused", async () => {
    const answers = createMemoryAnswers();
    const send = async () => {
      throw new ProviderError("provider.throttled", "later");
    };
    const submit = open(answers).submit({ request, keep: {}, signal, send });
    await expect(submit).rejects.toMatchObject({ code: "provider.throttled" });
    expect(await answers.names("job-1")).toEqual([]);
  });
});
