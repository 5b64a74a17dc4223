import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { isRecord } from "../../src/http/is-record.ts";
import { createFakeServer, type FakeKit, type TestedFakeServer } from "../create-fake-server.ts";
import type { FakeRun } from "../fake-runs.ts";
import { PRIVATE_URL } from "../misbehave.ts";
import { smallPng } from "../png.ts";
import type { SignedCall } from "../signed-call.ts";
import { smallSafetensors } from "../small-files.ts";

/** What a fake of RunPod keeps of a job. */
export interface RunpodFakeRun {
  readonly endpoint: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly policy: Readonly<Record<string, unknown>>;
  readonly webhook: string | undefined;
}

/** RunPod's serverless API on this machine, with a worker for pictures and one for training. */
export interface RunpodFake extends TestedFakeServer<RunpodFakeRun> {
  /** The call that RunPod would make to a job's webhook. It is not signed. */
  webhook(runId: string): SignedCall;
  /** What finished jobs put out from now on, in place of the usual. */
  setOutput(output: unknown): void;
  /** What failed jobs say from now on. */
  setError(error: unknown): void;
  /** Ends jobs from now on in this state. */
  setEnd(status: "COMPLETED" | "TIMED_OUT"): void;
}

const KEY = "rpa_FAKE0123456789abcdef";
const GENERATION = "gen-endpoint-1";
const TRAINING = "train-endpoint-1";
/** What a second of a worker costs at the fake, in US dollars; a run is said to have taken two. */
const USD_PER_SECOND = 0.0004;
const EXECUTION_MS = 2000;

interface ById {
  readonly Params: { readonly endpoint: string; readonly id: string };
}
interface RunBody {
  readonly input?: unknown;
  readonly policy?: Record<string, unknown>;
  readonly webhook?: string;
}

/** Starts a fake RunPod. */
export async function createRunpodFake(): Promise<RunpodFake> {
  const script: Script = { output: undefined, error: "Worker crashed.", end: "COMPLETED" };
  const server = await createFakeServer<RunpodFakeRun>({
    settings: (url) => ({
      key: KEY,
      apiUrl: `${url}/v2`,
      generationEndpoint: GENERATION,
      trainingEndpoint: TRAINING,
      generationUsdPerSecond: String(USD_PER_SECOND),
    }),
    isAuthorized: ({ headers }) => headers.authorization === `Bearer ${KEY}`,
    errorBody: (status) => ({ error: status === 401 ? `${KEY} is not valid` : `the fake answers ${status}` }),
    // A worker's time is charged for however it ends.
    billsFailures: true,
    routes: (app, kit) => addEndpoints(app, kit, script),
  });
  return {
    ...server,
    webhook: (runId) => ({
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ id: runId, status: "COMPLETED", output: "not to be believed" })),
    }),
    setOutput: (output) => void (script.output = output),
    setError: (error) => void (script.error = error),
    setEnd: (status) => void (script.end = status),
  };
}

interface Script {
  output: unknown;
  error: unknown;
  end: "COMPLETED" | "TIMED_OUT";
}

function addEndpoints(app: FastifyInstance, kit: FakeKit<RunpodFakeRun>, script: Script): void {
  const { runs } = kit;

  app.post<{ Params: { endpoint: string }; Body: RunBody }>(
    "/v2/:endpoint/run",
    { config: { call: "submit" } },
    (request, reply) => {
      const { input, policy = {}, webhook } = request.body;
      const { endpoint } = request.params;
      if (![GENERATION, TRAINING].includes(endpoint))
        return reply.code(404).send({ error: "endpoint not found" });
      if (!isRecord(input)) return reply.code(400).send({ error: "input is required" });
      const usd = (EXECUTION_MS / 1000) * USD_PER_SECOND;
      const asked = { endpoint, input, policy, webhook };
      const { id } = runs.begin({
        id: `${randomUUID()}-u1`,
        usd,
        fate: request.misbehaviour,
        request: asked,
      });
      return { id, status: "IN_QUEUE" };
    },
  );

  app.get<ById>(
    "/v2/:endpoint/status/:id",
    { config: { call: "poll" } },
    ({ params, misbehaviour }, reply) => {
      const run = runs.get(params.id);
      if (run?.request.endpoint !== params.endpoint) return reply.code(404).send({ error: "job not found" });
      const { id } = run;
      switch (runs.stateOf(run)) {
        case "queued":
          return { id, status: "IN_QUEUE", delayTime: 12 };
        case "running":
          return { id, status: "IN_PROGRESS", output: { progress: runs.progressOf(run) } };
        case "canceled":
          return { id, status: "CANCELLED" };
        case "failed":
          return { id, status: "FAILED", executionTime: EXECUTION_MS, error: script.error };
        case "succeeded": {
          const end = { id, status: script.end, executionTime: EXECUTION_MS };
          if (script.end !== "COMPLETED" || run.fate === "lose-result") return end;
          const files = misbehaviour?.do === "redirect-to-private" ? PRIVATE_URL : `${kit.url()}/bucket`;
          return { ...end, output: script.output ?? outputOf(run, files) };
        }
      }
    },
  );

  app.post<ById>("/v2/:endpoint/cancel/:id", { config: { call: "cancel" } }, ({ params }, reply) => {
    const run = runs.get(params.id);
    if (run === undefined) return reply.code(404).send({ error: "job not found" });
    return runs.cancel(run) || run.canceledAt !== undefined
      ? { id: run.id, status: "CANCELLED" }
      : reply.code(400).send({ error: "job has ended" });
  });

  app.get<{ Params: { endpoint: string } }>("/v2/:endpoint/health", ({ params: { endpoint } }, reply) => {
    if (![GENERATION, TRAINING].includes(endpoint))
      return reply.code(404).send({ error: "endpoint not found" });
    return {
      jobs: { completed: 1, failed: 0, inProgress: 0, inQueue: 2, retried: 0 },
      workers: { idle: 1, running: 3, throttled: 0 },
    };
  });

  app.get<{ Params: { id: string; name: string } }>(
    "/bucket/:id/:name",
    { config: { call: "artifact", isOpen: true } },
    ({ params: { id, name } }, reply) => {
      const run = runs.get(id);
      if (run === undefined) return reply.code(404).send();
      const { input } = run.request;
      return reply
        .type("application/octet-stream")
        .send(
          name.endsWith(".png")
            ? smallPng(Number(input["seed"] ?? 0))
            : smallSafetensors(input["trigger_word"]),
        );
    },
  );
}

/** The first picture as an address, further ones in base64, as workers do either. */
function outputOf({ id, request: { endpoint, input } }: FakeRun<RunpodFakeRun>, files: string): unknown {
  if (endpoint === TRAINING) return { lora_url: `${files}/${id}/lora.safetensors`, loss: 0.08 };
  const count = Number(input["num_images"] ?? 1);
  return {
    images: Array.from({ length: count }, (_, index) => ({
      filename: `picture_${index}.png`,
      ...(index === 0
        ? { type: "s3_url", data: `${files}/${id}/picture_0.png` }
        : { type: "base64", data: smallPng(Number(input["seed"] ?? 0) + index).toString("base64") }),
    })),
  };
}
