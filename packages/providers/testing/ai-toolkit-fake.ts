import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { createFakeServer, type FakeKit, type TestedFakeServer } from "./create-fake-server.ts";
import type { FakeRun } from "./fake-runs.ts";
import { smallPng } from "./png.ts";
import { smallSafetensors } from "./small-files.ts";

interface Asked {
  readonly name: string;
  readonly gpu_ids: string;
  readonly job_config: {
    readonly config: { readonly process: readonly { readonly train: { readonly steps: number } }[] };
  };
}

/** The fake and what is peculiar to it. */
export interface AiToolkitFake extends TestedFakeServer<Asked> {
  /** Names of the files in a data set, in the order in which they came. */
  datasetFiles(name: string): readonly string[];
  /** What stands in a file of a data set. */
  datasetText(name: string, file: string): string | undefined;
  /** Adds to every job's console. */
  write(text: string): void;
  clearConsole(): void;
  /** The next calls to start a job fail. */
  refuseStarts(times: number): void;
}

export interface AiToolkitFakeOptions {
  /** Tells the loss under a longer name, as newer versions do. */
  readonly lossKey?: string;
  /** The trainer's machine is a Windows one. */
  readonly isWindows?: boolean;
}

const TOKEN = "aitk-test-token-0123456789";

/** A fake of AI Toolkit's web interface: jobs with a queue, data sets, console, loss, samples and files. */
export async function createAiToolkitFake(options: AiToolkitFakeOptions = {}): Promise<AiToolkitFake> {
  const { lossKey = "loss", isWindows = false } = options;
  const slash = isWindows ? "\\" : "/";
  const root = isWindows ? "C:\\aitk" : "/srv/aitk";
  const started = new Set<string>();
  const datasets = new Map<string, Map<string, string>>();
  let console = "";
  let refusedStarts = 0;

  const fake = await createFakeServer<Asked>({
    settings: (url) => ({ baseUrl: url, token: TOKEN, gpu: "0" }),
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${TOKEN}`,
    errorBody: (status) => ({ error: `Refused with ${status}` }),
    billsFailures: true,
    routes(app, kit) {
      jobRoutes(app, kit);
      resultRoutes(app, kit);
      datasetRoutes(app);
    },
  });

  function rowOf(run: FakeRun<Asked>, { runs }: FakeKit<Asked>): object {
    const state = started.has(run.id) ? runs.stateOf(run) : "unbegun";
    const words: Record<string, string> = {
      unbegun: "stopped",
      queued: "queued",
      running: "running",
      succeeded: "completed",
      failed: "error",
      canceled: "stopped",
    };
    const total = run.request.job_config.config.process[0]?.train.steps ?? 0;
    return {
      id: run.id,
      name: run.request.name,
      gpu_ids: run.request.gpu_ids,
      job_config: JSON.stringify(run.request.job_config),
      status: words[state],
      stop: state === "canceled",
      step: state === "unbegun" || state === "queued" ? 0 : Math.floor(total * runs.progressOf(run)),
      total_steps: total,
      info: state === "failed" ? "CUDA out of memory" : "Training",
      speed_string: "1.20 sec/iter",
      job_type: "train",
      created_at: new Date(run.begunAt).toISOString(),
    };
  }

  function jobRoutes(app: FastifyInstance, kit: FakeKit<Asked>): void {
    const { runs } = kit;
    app.post<{ Body: Asked }>("/api/jobs", { config: { call: "submit" } }, async (request, reply) => {
      const { body, misbehaviour } = request;
      if (runs.all().some((run) => run.request.name === body.name)) {
        return reply.code(409).send({ error: "Job name already exists" });
      }
      return rowOf(runs.begin({ id: randomUUID(), request: body, usd: 0, fate: misbehaviour }), kit);
    });
    app.get<{ Querystring: { id?: string } }>(
      "/api/jobs",
      { config: { call: "poll" } },
      async ({ query }) => {
        if (query.id === undefined) return { jobs: runs.all().map((run) => rowOf(run, kit)) };
        const run = runs.get(query.id);
        return run === undefined ? "null" : rowOf(run, kit);
      },
    );
    app.get<{ Params: { id: string; act: string } }>("/api/jobs/:id/:act", async ({ params }, reply) => {
      const run = runs.get(params.id);
      if (run === undefined) return reply.code(404).send({ error: "Job not found" });
      if (params.act === "start") {
        if (refusedStarts > 0) {
          refusedStarts -= 1;
          return reply.code(500).send({ error: "database is locked" });
        }
        started.add(run.id);
      } else if (params.act === "stop" || params.act === "mark_stopped") runs.cancel(run);
      else return reply.code(404).send({ error: "Not found" });
      return rowOf(run, kit);
    });
    app.get("/api/queue/:gpu/start", async () => ({ id: 1, is_running: true }));
    app.get("/api/auth", async () => ({ isAuthenticated: true }));
  }

  function resultRoutes(app: FastifyInstance, { runs }: FakeKit<Asked>): void {
    const folderOf = (id: string) => [root, "output", runs.get(id)?.request.name ?? ""].join(slash);
    app.get<{ Params: { id: string } }>("/api/jobs/:id/files", async ({ params }) => {
      const run = runs.get(params.id);
      if (run === undefined || run.fate === "lose-result") return { files: [] };
      const name = run.request.name;
      const files = [`${name}_000000250.safetensors`, `${name}.safetensors`, "optimizer.pt"];
      return { files: files.map((file) => ({ path: `${folderOf(run.id)}${slash}${file}`, size: 9 })) };
    });
    app.get<{ Params: { id: string } }>("/api/jobs/:id/samples", async ({ params }) => {
      const names = [
        "1733500000000__000000250_0.jpg",
        "1733500009000__000000500_0.jpg",
        "1733500009001__000000500_1.jpg",
      ];
      return { samples: names.map((name) => [folderOf(params.id), "samples", name].join(slash)) };
    });
    app.get<{ Querystring: { key?: string; since_step?: string } }>(
      "/api/jobs/:id/loss",
      async ({ query }) => {
        if ((query.key ?? "loss") !== lossKey)
          return { key: query.key ?? "loss", keys: ["learning_rate", lossKey], points: [] };
        const points = [
          { step: 1, wall_time: 1, value: 0.5 },
          { step: 2, wall_time: 2, value: null },
          { step: 500, wall_time: 3, value: 0.0831 },
        ];
        return { key: lossKey, keys: [lossKey], points };
      },
    );
    app.get<{ Querystring: { offset: string } }>("/api/jobs/:id/log", async ({ query }) => {
      const bytes = Buffer.from(console);
      const offset = Number(query.offset);
      const reset = offset > bytes.byteLength;
      return { log: bytes.subarray(reset ? 0 : offset).toString(), offset: bytes.byteLength, reset };
    });
    app.get<{ Params: { "*": string } }>(
      "/api/files/*",
      { config: { call: "artifact", isOpen: true } },
      async ({ params }, reply) =>
        params["*"].endsWith(".jpg")
          ? reply.type("image/jpeg").send(smallPng(params["*"].length))
          : reply.type("application/octet-stream").send(smallSafetensors(params["*"].split(/[\\/]/).at(-1))),
    );
  }

  function datasetRoutes(app: FastifyInstance): void {
    app.get("/api/settings", async () => ({
      DATASETS_FOLDER: [root, "datasets"].join(slash),
      TRAINING_FOLDER: [root, "output"].join(slash),
    }));
    app.post<{ Body: { name: string } }>("/api/datasets/create", async ({ body }) => {
      const name = body.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
      if (!datasets.has(name)) datasets.set(name, new Map());
      return { success: true, name };
    });
    app.post<{ Body: Buffer }>("/api/datasets/upload", { config: { call: "upload" } }, async (request) => {
      const contentType = request.headers["content-type"] ?? "";
      const form = await new Response(new Uint8Array(request.body), {
        headers: { "content-type": contentType },
      }).formData();
      const name = form.get("datasetName");
      const folder = typeof name === "string" ? datasets.get(name) : undefined;
      const files = form.getAll("files").filter((file) => typeof file !== "string");
      for (const file of files) folder?.set(file.name, await file.text());
      return { message: "Files uploaded successfully", files: files.map((file) => file.name) };
    });
  }

  return {
    ...fake,
    datasetFiles: (name) => [...(datasets.get(name)?.keys() ?? [])],
    datasetText: (name, file) => datasets.get(name)?.get(file),
    write: (text) => void (console += text),
    clearConsole: () => void (console = ""),
    refuseStarts: (times) => void (refusedStarts = times),
  };
}
