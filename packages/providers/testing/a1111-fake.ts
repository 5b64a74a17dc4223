import { randomUUID } from "node:crypto";
import { createFakeServer, type TestedFakeServer } from "./create-fake-server.ts";
import { smallPng } from "./png.ts";

interface Asked {
  readonly seed?: number;
  readonly n_iter?: number;
  readonly force_task_id?: string;
}

export interface A1111FakeOptions {
  /** Started without its interface: tasks cannot be asked for. */
  readonly isHeadless?: boolean;
  /** Puts a grid before the pictures, whatever it is asked. */
  readonly returnsGrid?: boolean;
}

interface Task {
  readonly id: string;
  readonly begunAt: number;
  readonly runMs: number;
  /** Ends the task early. */
  interrupt(): void;
}

const LOGIN = "someone:password-for-tests";

/** A fake of AUTOMATIC1111's web UI: one task at a time, pictures in the answer, tasks known by their ids. */
export async function createA1111Fake(options: A1111FakeOptions = {}): Promise<TestedFakeServer<Asked>> {
  const pending = new Set<string>();
  const finished: string[] = [];
  let current: Task | undefined;
  let turn: Promise<void> = Promise.resolve();

  async function work(id: string, runMs: number): Promise<void> {
    pending.add(id);
    const before = turn;
    const mine = Promise.withResolvers<void>();
    turn = mine.promise;
    await before;
    pending.delete(id);
    const stopped = Promise.withResolvers<void>();
    const timer = setTimeout(() => stopped.resolve(), runMs).unref();
    current = { id, begunAt: Date.now(), runMs, interrupt: () => stopped.resolve() };
    await stopped.promise;
    clearTimeout(timer);
    current = undefined;
    finished.push(id);
    mine.resolve();
  }

  return createFakeServer<Asked>({
    settings: (url) => ({ baseUrl: url, login: LOGIN }),
    isAuthorized: ({ headers }) => headers.authorization === `Basic ${Buffer.from(LOGIN).toString("base64")}`,
    errorBody: (status) => ({ detail: `Refused with ${status}.` }),
    billsFailures: true,
    routes(app, { runs }) {
      for (const path of ["txt2img", "img2img"]) {
        app.post<{ Body: Asked }>(
          `/sdapi/v1/${path}`,
          { config: { call: "submit" } },
          async (request, reply) => {
            const { body, misbehaviour } = request;
            const run = runs.begin({ id: randomUUID(), request: body, usd: 0, fate: misbehaviour });
            await work(
              body.force_task_id ?? run.id,
              misbehaviour?.do === "never-finish" ? 60_000 : run.runMs,
            );
            if (misbehaviour?.do === "fail") {
              const errors = "CUDA out of memory.";
              return reply.code(500).send({ error: "OutOfMemoryError", detail: "", body: "", errors });
            }
            const { seed = 1, n_iter: count = 1 } = body;
            const seeds = Array.from({ length: count }, (_, index) => seed + index);
            const grid = options.returnsGrid === true && count > 1 ? [smallPng(0, 16)] : [];
            const pictures = [...grid, ...seeds.map((one) => smallPng(one))];
            const info = {
              all_seeds: seeds,
              steps: 20,
              cfg_scale: 7,
              width: 8,
              height: 8,
              sampler_name: "Euler",
              sd_model_name: "fake",
              index_of_first_image: grid.length,
            };
            return {
              images: misbehaviour?.do === "lose-result" ? [] : pictures.map((png) => png.toString("base64")),
              parameters: body,
              info: JSON.stringify(info),
            };
          },
        );
      }
      if (options.isHeadless !== true) {
        app.post<{ Body: { id_task: string } }>(
          "/internal/progress",
          { config: { call: "poll", isOpen: true } },
          async ({ body }) => {
            const active = current?.id === body.id_task;
            const share =
              active && current !== undefined ? (Date.now() - current.begunAt) / current.runMs : 0;
            return {
              active,
              queued: pending.has(body.id_task),
              paused: false,
              completed: finished.includes(body.id_task),
              progress: active ? Math.min(1, share) : null,
              eta: null,
              live_preview: null,
              id_live_preview: -1,
              textinfo: active ? "Sampling" : "Waiting...",
            };
          },
        );
      }
      app.post("/sdapi/v1/interrupt", { config: { call: "cancel" } }, async () => {
        current?.interrupt();
        return {};
      });
      app.get("/sdapi/v1/sd-models", async () => [{ title: "fake.safetensors", model_name: "fake" }]);
    },
  });
}
