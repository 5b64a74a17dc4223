import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { createFakeServer, type TestedFakeServer } from "./create-fake-server.ts";
import { smallPng } from "./png.ts";

export interface GeminiFakeOptions {
  /** Answers so instead of with a picture. */
  readonly finishReason?: string;
  readonly blockReason?: string;
  /** Said beside the picture, or instead of it. */
  readonly text?: string;
  /** Shows a draft among its thoughts. */
  readonly thinks?: boolean;
  /** Said of what a run used in place of the usual. */
  readonly usage?: unknown;
}

const KEY = "AIza-test-key-0123456789abcdef";
const USD = 0.039;

/** A fake of Google's `generateContent` for pictures. */
export async function createGeminiFake(options: GeminiFakeOptions = {}): Promise<TestedFakeServer<unknown>> {
  const { finishReason, blockReason, text, thinks = false } = options;
  const picture = (seed: number) => ({
    inlineData: { mimeType: "image/png", data: smallPng(seed).toString("base64") },
  });

  return createFakeServer<unknown>({
    settings: (url) => ({ apiKey: KEY, baseUrl: `${url}/v1beta`, imageModel: "fake-image" }),
    isAuthorized: ({ headers }) => headers["x-goog-api-key"] === KEY,
    errorBody: (status) => ({
      error: { code: status, message: `Refused with ${status}.`, status: "REFUSED" },
    }),
    billsFailures: true,
    routes(app, { runs }) {
      // The colon of `:generateContent` stands inside the last part of the path.
      app.post<{ Params: { call: string } }>(
        "/v1beta/models/:call",
        { config: { call: "submit" } },
        async (request) => {
          const { body, misbehaviour } = request;
          const run = runs.begin({ id: randomUUID(), request: body, usd: USD, fate: misbehaviour });
          await wait(misbehaviour?.do === "never-finish" ? 60_000 : run.runMs, undefined, { ref: false });
          const counted = { promptTokenCount: 8, candidatesTokenCount: 1290, totalTokenCount: 1298 };
          const usageMetadata = "usage" in options ? options.usage : counted;
          const modelVersion = request.params.call.replace(/:generateContent$/, "");
          if (blockReason !== undefined)
            return { promptFeedback: { blockReason }, usageMetadata, modelVersion };
          const said = text === undefined ? [] : [{ text }];
          const drawn = finishReason === undefined ? [picture(7)] : [];
          const thoughts = thinks
            ? [
                { text: "Let me see.", thought: true },
                { ...picture(1), thought: true },
              ]
            : [];
          const content = { role: "model", parts: [...thoughts, ...said, ...drawn] };
          return {
            candidates: [{ content, finishReason: finishReason ?? "STOP", index: 0 }],
            usageMetadata,
            modelVersion,
          };
        },
      );
      app.get("/v1beta/models", async () => ({
        models: [{ name: "models/fake-text" }, { name: "models/fake-image" }],
      }));
    },
  });
}
