import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { createFakeServer, type TestedFakeServer } from "./create-fake-server.ts";
import { PRIVATE_URL } from "./misbehave.ts";
import { smallPng } from "./png.ts";

interface Asked {
  readonly model?: string;
  readonly n?: number;
  readonly messages?: readonly { readonly role: string; readonly content: unknown }[];
}

export interface OpenaiFakeOptions {
  /** What a chat answers, piece by piece. */
  readonly pieces?: readonly string[];
  /** Tells what a run cost, as OpenRouter does. */
  readonly tellsCost?: boolean;
  /** Said of what a run used in place of the usual. */
  readonly usage?: unknown;
  /** Answers pictures by address instead of inline. */
  readonly answersUrls?: boolean;
  /** Knows no streaming and answers a chat in one. */
  readonly isUnstreamed?: boolean;
  /** The path below which it is served. */
  readonly prefix?: string;
}

const KEY = "sk-test-key-0123456789abcdef";
const USD = 0.0021;
const USAGE = { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 };
const IMAGE_USAGE = { input_tokens: 9, output_tokens: 1056 };

/** A fake of a server that speaks OpenAI's protocol: chat as a stream of events, pictures as base64. */
export async function createOpenaiFake(options: OpenaiFakeOptions = {}): Promise<TestedFakeServer<Asked>> {
  const { pieces = ["A lighthouse ", "stands\nby ", "the sea."], prefix = "/v1" } = options;
  const cost = options.tellsCost === true ? { cost: USD } : {};
  const chatUsage = "usage" in options ? options.usage : { ...USAGE, ...cost };
  const imageUsage = "usage" in options ? options.usage : { ...IMAGE_USAGE, ...cost };
  const chunk = (delta: object, finish: string | null = null) =>
    JSON.stringify({ model: "fake-1", choices: [{ index: 0, delta, finish_reason: finish }] });

  return createFakeServer<Asked>({
    settings: (url) => ({
      apiKey: KEY,
      baseUrl: `${url}${prefix}`,
      chatModel: "fake-chat",
      imageModel: "gpt-image-fake",
    }),
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${KEY}`,
    errorBody: (status) => ({
      error: { message: `Refused with ${status}.`, type: "invalid_request_error", code: null },
    }),
    billsFailures: true,
    routes(app, kit) {
      const { runs } = kit;
      app.post<{ Body: Asked }>(
        `${prefix}/chat/completions`,
        { config: { call: "submit" } },
        async (request, reply) => {
          const { body, misbehaviour } = request;
          const run = runs.begin({ id: randomUUID(), request: body, usd: USD, fate: misbehaviour });
          const said = misbehaviour?.do === "lose-result" ? [] : pieces;
          if (options.isUnstreamed === true) {
            const message = { role: "assistant", content: said.join("") };
            return {
              model: "fake-1",
              choices: [{ message, finish_reason: "stop" }],
              usage: chatUsage,
            };
          }
          const stop = Math.ceil(said.length / 2);
          async function* events(): AsyncGenerator<string> {
            yield `: connected\n\ndata: ${chunk({ role: "assistant" })}\n\n`;
            for (const [index, content] of said.entries()) {
              await wait(run.runMs / said.length);
              if (index === stop && misbehaviour?.do === "truncate") {
                yield `data: ${chunk({ content }).slice(0, 20)}`;
                await wait(20);
                request.raw.socket.destroy();
                return;
              }
              if (index === stop && misbehaviour?.do === "never-finish") {
                await wait(60_000, undefined, { ref: false });
              }
              if (index === stop && misbehaviour?.do === "fail") {
                yield `data: ${JSON.stringify({ error: { message: "The model fell over." } })}\n\n`;
                return;
              }
              yield `data: ${chunk({ content })}\n\n`;
            }
            yield `data: ${chunk({}, "stop")}\n\n`;
            yield `data: ${JSON.stringify({ choices: [], usage: chatUsage })}\n\ndata: [DONE]\n\n`;
          }
          if (misbehaviour?.do === "not-json") return "";
          return reply.type("text/event-stream").send(Readable.from(events()));
        },
      );

      for (const path of ["generations", "edits"]) {
        app.post<{ Body: Asked }>(
          `${prefix}/images/${path}`,
          { config: { call: "submit" } },
          async (request) => {
            const { body, misbehaviour } = request;
            const run = runs.begin({ id: randomUUID(), request: body, usd: USD, fate: misbehaviour });
            await wait(misbehaviour?.do === "never-finish" ? 60_000 : run.runMs, undefined, { ref: false });
            const indices =
              misbehaviour?.do === "lose-result" ? [] : Array.from({ length: body.n ?? 1 }, (_, at) => at);
            const isForeign = misbehaviour?.do === "redirect-to-private";
            const files = isForeign ? PRIVATE_URL : `${kit.url()}/files`;
            const data = indices.map((index) =>
              isForeign || options.answersUrls === true
                ? { url: `${files}/${index}.png`, revised_prompt: "a lighthouse, in detail" }
                : { b64_json: smallPng(index + 1).toString("base64") },
            );
            return { created: Math.floor(Date.now() / 1000), data, usage: imageUsage };
          },
        );
      }
      app.get<{ Params: { name: string } }>(
        "/files/:name",
        { config: { call: "artifact", isOpen: true } },
        async (request, reply) =>
          reply.type("image/png").send(smallPng(Number.parseInt(request.params.name, 10))),
      );
      app.get(`${prefix}/models`, async () => ({
        object: "list",
        data: [{ id: "fake-1" }, { id: "fake-2" }],
      }));
    },
  });
}
