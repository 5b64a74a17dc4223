import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { createFakeServer, type TestedFakeServer } from "./create-fake-server.ts";
import { smallPng } from "./png.ts";

interface Asked {
  readonly image_size: { readonly width: number; readonly height: number };
  readonly seed?: number;
}

export interface PixellabFakeOptions {
  readonly usd?: number;
  /** Charged to a subscription, whose generations have no price. */
  readonly isSubscribed?: boolean;
  /** Said of what a run used in place of the usual. */
  readonly usage?: unknown;
}

const KEY = "pixellab-test-key-0123456789";
const CREDIT_USD = 100;

/** A fake of PixelLab v1 and v2: pictures inline, background jobs, a balance that its bill is taken from. */
export async function createPixellabFake(
  options: PixellabFakeOptions = {},
): Promise<TestedFakeServer<Asked>> {
  const { usd = 0.0079, isSubscribed = false } = options;
  const said = isSubscribed ? { type: "generations", usd: 0, generations: 1 } : { type: "usd", usd };
  const usage = "usage" in options ? options.usage : said;
  const fake: TestedFakeServer<Asked> = await createFakeServer<Asked>({
    settings: (url) => ({ apiKey: KEY, baseUrl: url }),
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${KEY}`,
    errorBody: (status) => ({ detail: status === 401 ? "Invalid token." : `Refused with ${status}.` }),
    billsFailures: true,
    routes(app, { runs }) {
      for (const path of [
        "v1/generate-image-pixflux",
        "v1/generate-image-bitforge",
        "v2/create-image-pixen",
      ]) {
        app.post<{ Body: Asked }>(`/${path}`, { config: { call: "submit" } }, async (request) => {
          const { body, misbehaviour } = request;
          const run = runs.begin({ id: randomUUID(), request: body, usd, fate: misbehaviour });
          await wait(misbehaviour?.do === "never-finish" ? 60_000 : run.runMs, undefined, { ref: false });
          return {
            image: { type: "base64", base64: smallPng(body.seed ?? 1).toString("base64"), format: "png" },
            usage,
          };
        });
      }
      app.post<{ Body: Asked }>(
        "/v2/generate-image-v2",
        { config: { call: "submit" } },
        async (request, reply) => {
          const run = runs.begin({
            id: randomUUID(),
            request: request.body,
            usd,
            fate: request.misbehaviour,
          });
          return reply.code(202).send({ background_job_id: run.id, status: "processing" });
        },
      );
      app.get<{ Params: { id: string } }>(
        "/v2/background-jobs/:id",
        { config: { call: "poll" } },
        async ({ params }, reply) => {
          const run = runs.get(params.id);
          if (run === undefined) return reply.code(404).send({ detail: "Job not found" });
          const state = runs.stateOf(run);
          if (state === "failed") {
            return { id: run.id, status: "failed", usage, last_response: { detail: "Out of ideas" } };
          }
          if (state !== "succeeded") return { id: run.id, status: "processing", last_response: null };
          const { width, height } = run.request.image_size;
          const pixels = Buffer.alloc(width * height * 4, 0x7f);
          pixels.writeUInt8(0xff, 0);
          const images =
            run.fate === "lose-result"
              ? []
              : [0, 1].map(() => ({ type: "rgba_bytes", width, base64: pixels.toString("base64") }));
          return { id: run.id, status: "completed", usage, last_response: { images } };
        },
      );
      const leftUsd = () => CREDIT_USD - runs.bill().reduce((sum, line) => sum + line.usd, 0);
      app.get("/v1/balance", async () => ({ type: "usd", usd: leftUsd() }));
    },
  });
  return fake;
}
