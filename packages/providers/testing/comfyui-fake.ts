import { createHash, randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { createFakeServer, type FakeKit, type TestedFakeServer } from "./create-fake-server.ts";
import type { FakeRun } from "./fake-runs.ts";
import { smallPng } from "./png.ts";
import { serveWebSocket, type SocketClient } from "./web-socket-server.ts";

interface Asked {
  readonly prompt: Readonly<
    Record<string, { readonly class_type: string; readonly inputs: Record<string, unknown> }>
  >;
  readonly client_id?: string;
  readonly prompt_id?: string;
  readonly extra_data?: Record<string, unknown>;
}

export interface ComfyuiFakeOptions {
  /** Chooses the ids of prompts itself, as older builds do. */
  readonly isOld?: boolean;
  /** Lets no socket connect. */
  readonly refusesSockets?: boolean;
  /** Names of files that a run saves; one picture when left out. */
  readonly saves?: readonly string[];
}

/** The fake and what is peculiar to it. */
export interface ComfyuiFake extends TestedFakeServer<Asked> {
  /** Breaks every socket. */
  dropSockets(): void;
  sockets(): number;
  /** Forgets everything, as a restart does. */
  forgetAll(): void;
}

const CHECKPOINTS = ["dream.safetensors", "plain.safetensors"];
const NODE_MS = 5;

/** A fake of ComfyUI: queue, history, files, uploads, and a socket that tells progress and shows previews. */
export async function createComfyuiFake(options: ComfyuiFakeOptions = {}): Promise<ComfyuiFake> {
  const forgotten = new Set<string>();
  const uploads = new Map<string, Uint8Array>();
  let sockets: ReturnType<typeof serveWebSocket> = { clients: () => [] };
  const timers = new Set<NodeJS.Timeout>();

  const fake = await createFakeServer<Asked>({
    settings: (url) => ({ baseUrl: url }),
    isAuthorized: () => true,
    errorBody: (status) => ({ error: { type: "refused", message: `Refused with ${status}.`, details: "" } }),
    billsFailures: true,
    routes(app, kit) {
      sockets = serveWebSocket(app.server, {
        path: "/ws",
        isRefused: () => options.refusesSockets === true,
        onClient: (client) => client.send(JSON.stringify({ type: "status", data: { sid: "1" } })),
      });
      promptRoutes(app, kit);
      placeRoutes(app, kit);
      fileRoutes(app);
    },
  });

  function clientsOf(id: string | undefined): readonly SocketClient[] {
    return sockets
      .clients()
      .filter(({ url }) => new URL(url, "http://fake").searchParams.get("clientId") === id);
  }

  /** Tells of a run as it goes: each node, the sampler's steps, and a preview as a binary message. */
  function narrate(run: FakeRun<Asked>, kit: FakeKit<Asked>): void {
    const say = (type: string, data: object) => {
      const message = JSON.stringify({ type, data: { ...data, prompt_id: run.id } });
      for (const client of clientsOf(run.request.client_id)) client.send(message);
    };
    const later = (ms: number, act: () => void) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        if (kit.runs.stateOf(run) !== "canceled") act();
      }, ms).unref();
      timers.add(timer);
    };
    later(NODE_MS, () => say("execution_start", {}));
    later(NODE_MS * 2, () => say("execution_cached", { nodes: ["4"] }));
    later(NODE_MS * 3, () => {
      say("executing", { node: "3" });
      say("progress", { node: "3", value: 5, max: 20 });
      const preview = Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 2]), smallPng(1)]);
      for (const client of clientsOf(run.request.client_id)) client.send(preview);
      for (const client of clientsOf(run.request.client_id)) client.send("this is no JSON");
    });
    if (run.fate !== "never-finish") {
      later(run.runMs + 1, () => say(run.fate === "fail" ? "execution_error" : "execution_success", {}));
    }
  }

  function promptRoutes(app: FastifyInstance, kit: FakeKit<Asked>): void {
    app.post<{ Body: Asked }>("/prompt", { config: { call: "submit" } }, async (request, reply) => {
      const { body, misbehaviour } = request;
      const loader = Object.entries(body.prompt).find(
        ([, node]) => node.class_type === "CheckpointLoaderSimple",
      );
      const asked: unknown = loader?.[1].inputs["ckpt_name"] ?? CHECKPOINTS[0];
      if (typeof asked !== "string" || !CHECKPOINTS.includes(asked)) {
        const errors = [
          {
            type: "value_not_in_list",
            message: "Value not in list",
            details: `ckpt_name: ${JSON.stringify(asked)}`,
          },
        ];
        const nodeErrors = { [loader?.[0] ?? ""]: { errors, class_type: "CheckpointLoaderSimple" } };
        const error = { type: "invalid", message: "Prompt outputs failed validation", details: "" };
        return reply.code(400).send({ error, node_errors: nodeErrors });
      }
      const id = options.isOld === true ? randomUUID() : (body.prompt_id ?? randomUUID());
      const run = kit.runs.begin({ id, request: body, usd: 0, fate: misbehaviour });
      narrate(run, kit);
      return { prompt_id: id, number: 1, node_errors: {} };
    });
    app.post<{ Body: { delete?: readonly string[] } }>(
      "/queue",
      { config: { call: "cancel" } },
      async ({ body }) => {
        for (const id of body.delete ?? []) {
          const run = kit.runs.get(id);
          if (run === undefined || kit.runs.stateOf(run) !== "queued") continue;
          kit.runs.cancel(run);
          forgotten.add(id);
        }
        return "";
      },
    );
    app.post<{ Body: { prompt_id?: string } | null }>(
      "/interrupt",
      { config: { call: "cancel" } },
      async ({ body }) => {
        const isOurs = (run: FakeRun<Asked>) =>
          options.isOld === true || body?.prompt_id === undefined || run.id === body.prompt_id;
        const run = kit.runs.all().find((one) => kit.runs.stateOf(one) === "running" && isOurs(one));
        if (run !== undefined) kit.runs.cancel(run);
        return "";
      },
    );
  }

  const itemOf = ({ id, request }: FakeRun<Asked>) => [
    1,
    id,
    request.prompt,
    request.extra_data ?? {},
    ["9"],
  ];

  function entryOf(run: FakeRun<Asked>, state: string): object {
    const files = options.saves ?? ["safelight_00001_.png"];
    const images =
      run.fate === "lose-result"
        ? []
        : files.map((filename) => ({ filename, subfolder: "", type: "output" }));
    const preview = { filename: "preview.png", subfolder: "", type: "temp" };
    const fault = { node_type: "KSampler", exception_message: "CUDA out of memory", exception_type: "OOM" };
    const start = ["execution_start", { prompt_id: run.id, timestamp: run.begunAt }];
    const ends: Record<string, readonly unknown[]> = {
      succeeded: ["execution_success", { prompt_id: run.id }],
      failed: ["execution_error", fault],
      canceled: ["execution_interrupted", { prompt_id: run.id }],
    };
    const isDone = state === "succeeded";
    return {
      prompt: itemOf(run),
      outputs: isDone ? { "9": { images }, ...(images.length > 0 && { "10": { images: [preview] } }) } : {},
      status: { status_str: isDone ? "success" : "error", completed: isDone, messages: [start, ends[state]] },
    };
  }

  function placeRoutes(app: FastifyInstance, { runs }: FakeKit<Asked>): void {
    const inState = (wanted: string) =>
      runs.all().filter((run) => !forgotten.has(run.id) && runs.stateOf(run) === wanted);
    const isOver = (run: FakeRun<Asked>) => !["queued", "running"].includes(runs.stateOf(run));
    app.get("/queue", { config: { call: "poll" } }, async () => ({
      queue_running: inState("running").map(itemOf),
      queue_pending: inState("queued").map(itemOf),
    }));
    app.get("/history", { config: { call: "poll" } }, async () => {
      const over = runs.all().filter((run) => !forgotten.has(run.id) && isOver(run));
      return Object.fromEntries(over.toReversed().map((run) => [run.id, entryOf(run, runs.stateOf(run))]));
    });
    app.get<{ Params: { id: string } }>("/history/:id", { config: { call: "poll" } }, async ({ params }) => {
      const run = runs.get(params.id);
      if (run === undefined || forgotten.has(run.id) || !isOver(run)) return {};
      return { [run.id]: entryOf(run, runs.stateOf(run)) };
    });
  }

  function fileRoutes(app: FastifyInstance): void {
    app.post<{ Body: Buffer }>("/upload/image", { config: { call: "upload" } }, async ({ body }) => {
      const name = /filename="([^"]+)"/.exec(body.toString("latin1"))?.[1] ?? "nameless";
      uploads.set(name, body);
      return { name, subfolder: "", type: "input" };
    });
    app.get<{ Querystring: { filename: string } }>(
      "/view",
      { config: { call: "artifact" } },
      async ({ query }, reply) => {
        const seed = createHash("sha256").update(query.filename).digest().readUInt8(0);
        return reply.type("image/png").send(smallPng(seed));
      },
    );
    app.get("/system_stats", async () => ({
      system: { comfyui_version: "0.3.99", os: "posix" },
      devices: [{ name: "cuda:0 Fake GPU", type: "cuda" }],
    }));
    if (options.isOld === true) {
      app.get("/object_info/CheckpointLoaderSimple", async () => ({
        CheckpointLoaderSimple: { input: { required: { ckpt_name: [CHECKPOINTS] } } },
      }));
    } else app.get("/models/checkpoints", async () => CHECKPOINTS);
  }

  return {
    ...fake,
    dropSockets: () => {
      for (const client of sockets.clients()) client.drop();
    },
    sockets: () => sockets.clients().length,
    forgetAll: () => {
      for (const run of fake.runs.all()) forgotten.add(run.id);
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      for (const client of sockets.clients()) client.drop();
      await fake.close();
    },
  };
}
